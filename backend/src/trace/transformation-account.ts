import { linkRoles } from "../epcis/link-roles.ts";
import { counted } from "./declarations.ts";
import { Sums } from "./sums.ts";
import { measureOf, type Mention, type ToldEvent } from "./told-event.ts";
import type { Walk } from "./walk.ts";
import { childrenIn, windowsOn } from "./windows.ts";

/** What has gone into a transformation and what has come out of it, over all its events. */
export class TransformationAccount {
  readonly input = new Sums();
  readonly output = new Sums();
  readonly loss = new Sums();

  constructor(
    readonly id: string,
    parts: readonly ToldEvent[],
    private readonly walk: Pick<Walk, "known">,
  ) {
    for (const event of counted(parts)) {
      if (event.loss !== undefined) this.loss.add(event.loss);
      for (const mention of event.things) this.#take(event, mention);
    }
  }

  #take({ time }: ToldEvent, mention: Mention): void {
    const { role } = mention;
    if (role === linkRoles.inputQuantity) this.input.add(measureOf(mention));
    else if (role === linkRoles.inputEpc) this.#takeItem(mention, time);
    else if (role === linkRoles.outputEpc || role === linkRoles.outputQuantity) {
      this.output.add(measureOf(mention));
    }
  }

  /** A pallet goes in as what is on it, where that is told. */
  #takeItem(mention: Mention, time: number): void {
    const { uri } = mention;
    const events = counted(this.walk.known(uri)?.events ?? []);
    const children = new Set(events.flatMap(childrenIn).map((child) => child.uri));
    const amounts = [...children]
      .flatMap((child) => windowsOn(uri, child, events))
      .filter(({ from, to }) => from <= time && to >= time)
      .map(({ amount }) => amount);
    if (amounts.length === 0) this.input.add(measureOf(mention));
    for (const amount of amounts) this.input.add(amount);
  }
}
