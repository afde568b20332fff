import { Operator } from "../../api/operator.ts";
import { civilTime } from "../../api/civil-time.ts";
import { ApiProblem } from "../../api/api-problem.ts";
import type { Plan } from "../book/plan.ts";
import type { Stopwatch } from "../measure/stopwatch.ts";
import { EventQueue, type Phase } from "./event-queue.ts";
import { LineActs, type Act, type PlayedLine } from "./line-acts.ts";
import type { Tally } from "./tally.ts";

/** When the day's acts begin: the night leaves them as many seconds as a day's blocks may need. */
const morning = "09:00:00";

export interface SweepOptions {
  readonly operator: Operator;
  readonly plan: Plan;
  readonly acts: LineActs;
  readonly tally: Tally;
  readonly watch: Stopwatch;
  /** Days by which the book is played later than it was. */
  readonly shift: number;
  /** Told after every group of acts; `day` as the book has it. */
  readonly onProgress: (day: number, stepsDone: number, linesDone: number) => Promise<void>;
}

const spanNames: Readonly<Record<Phase, string>> = {
  collect: "collections",
  order: "orders",
  draw: "drawdowns",
  deliver: "deliveries",
};
/** Acts of a line from its order to its payment, as progress counts them. */
export const stepsPerLine = 4;

/**
 * Plays a book in one sweep through its days: what is due on a day happens on that day, whichever line it belongs to.
 * Only the lines between their order and their payment are in memory.
 */
export async function sweep(options: SweepOptions): Promise<void> {
  const { plan, acts, tally, watch, operator, shift } = options;
  const queue = new EventQueue<PlayedLine>();
  const lines = plan.byOrderDay();
  let upcoming = lines.next();
  let today = -Infinity;
  let [stepsDone, linesDone] = [0, 0];

  for (;;) {
    while (upcoming.done !== true && upcoming.value.orderDay <= (queue.peek()?.day ?? Infinity)) {
      const line = upcoming.value;
      queue.push({ day: line.orderDay, phase: "order", item: acts.prepare(line) });
      upcoming = lines.next();
    }
    const next = queue.takeNext();
    if (next === undefined) return;
    const { day, phase, items } = next;
    if (day > today) {
      today = day;
      const to = civilTime(day + shift, morning);
      await watch.time("calendar", () => operator.moveCalendar(to));
    }
    const results = await watch.time(spanNames[phase], () =>
      acts.perform(phase, items, day + shift),
    );
    for (const [index, item] of items.entries()) {
      const result = results[index];
      const [steps, isDone] = record(item, result, phase, queue, { plan, tally });
      stepsDone += steps;
      if (isDone) linesDone += 1;
    }
    await options.onProgress(day, stepsDone, linesDone);
  }
}

/** Puts the line's next act into the queue. Returns the steps that it got on by, and whether it has ended. */
function record(
  item: PlayedLine,
  result: Act | ApiProblem | undefined,
  phase: Phase,
  queue: EventQueue<PlayedLine>,
  { plan, tally }: { readonly plan: Plan; readonly tally: Tally },
): readonly [steps: number, isDone: boolean] {
  const before = item.steps;
  if (result instanceof ApiProblem) {
    tally.stopped += 1;
    plan.refuse(item.line.fileLine, `${spanNames[phase]}: ${result.message}`);
    return [stepsPerLine - before, true];
  }
  item.steps += 1;
  if (result === undefined) {
    item.steps = stepsPerLine;
    return [stepsPerLine - before, true];
  }
  queue.push({ day: result.day, phase: result.phase, item });
  return [1, false];
}
