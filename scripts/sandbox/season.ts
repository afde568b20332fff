import { civilDay, civilTime } from "../api/civil-time.ts";
import { Operator } from "../api/operator.ts";
import type { SandboxClient } from "../api/sandbox-client.ts";
import { assembleCast } from "./season/season-cast.ts";
import { seasonPlots } from "./season/season-plots.ts";
import { SeasonStory } from "./season/season-story.ts";

/** Days from the season's first act to its last. */
const seasonDays = 90;
const milliseconds = 86_400_000;

export interface SeasonSummary {
  readonly parties: number;
  readonly facilities: number;
  readonly claims: number;
  /** Civil days, counted from 1970-01-01. */
  readonly firstDay: number;
  readonly lastDay: number;
}

/** When a sandbox's calendar has to start for the sample season to end on the day before `now`. */
export function seasonStart(now = new Date()): Date {
  return new Date(now.getTime() - (seasonDays + 1) * milliseconds);
}

/**
 * Plays a sample season of some three months through the API, so that every list has something in it: orders that are
 * issued, accepted, financed, stored, in transit, part delivered, paid, repaid, overdue and cancelled. The calendar
 * then stands at its end, or today if that is later.
 */
export async function loadSeason(client: SandboxClient): Promise<SeasonSummary> {
  const operator = new Operator(client.as("operator"));
  const firstDay = civilDay(await operator.now());
  const cast = await assembleCast(client, firstDay);
  const story = await SeasonStory.begin(client, cast.parties, firstDay);
  const plots = seasonPlots(client, cast, firstDay, story);
  const days = new Set(plots.flatMap((plot) => plot.map(([day]) => day)));
  for (const day of [...days].sort((a, b) => a - b)) {
    if (day > 0) await operator.moveCalendar(civilTime(firstDay + day, "09:00:00"));
    story.turnTo(day);
    await Promise.all(
      plots.map(async (plot) => {
        for (const [due, act] of plot) if (due === day) await act();
      }),
    );
    await story.capture();
  }
  story.endLogs();
  await story.capture();
  const end = Date.parse(await operator.now());
  if (Date.now() > end) await operator.moveCalendar(new Date().toISOString());
  return {
    parties: Object.keys(cast.parties).length,
    facilities: Object.keys(cast.facilities).length,
    claims: plots.length,
    firstDay,
    lastDay: firstDay + seasonDays,
  };
}
