import { round, ticks } from "./drawing.ts";
import { html, type Html } from "./html.ts";
import type { Tongue } from "./language.ts";
import type { Moment, Reading } from "./moment.ts";

const width = 400;
const height = 180;
const left = 34;
const bottom = 26;
const top = 12;
const right = 10;
const milliseconds = 86_400_000;

/** The temperatures that the lot was stored at: a line, and the same as a table. Nothing where none was told. */
export function coldChain(moments: readonly Moment[], tongue: Tongue): Html | undefined {
  const told = moments.filter(
    ({ readings, declaredWrong }) => readings.length > 0 && declaredWrong === undefined,
  );
  // What was split is told of twice.
  const readings = unique(told.flatMap((moment) => moment.readings)).sort((one, other) =>
    one.day < other.day ? -1 : Number(one.day > other.day),
  );
  const [first, last] = [readings[0], readings.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const { cold } = tongue.words;
  const values = readings.map(({ value }) => value);
  const [low, high] = [Math.min(...values), Math.max(...values)].map((value) =>
    tongue.degrees(value),
  );
  const isSynthetic = told.some((moment) => moment.isSynthetic);
  const rows = readings.map(
    ({ day, value }) =>
      html`<tr>
        <th scope="row"><time datetime="${day}">${tongue.day(day)}</time></th>
        <td>${tongue.degrees(value)}</td>
      </tr>`,
  );
  return html`<section class="card cold" aria-labelledby="cold">
    <h2 id="cold">${cold.title}</h2>
    <p>${cold.summary(low ?? "", high ?? "", readings.length)}</p>
    ${isSynthetic ? html`<p class="synthetic">${cold.synthetic}</p>` : undefined}
    ${chart(readings, tongue, cold.chart(low ?? "", high ?? "", tongue.day(first.day), tongue.day(last.day)))}
    <details>
      <summary>${cold.table}</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">${cold.day}</th>
            <th scope="col">${cold.temperature}</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </details>
  </section>`;
}

function unique(readings: readonly Reading[]): Reading[] {
  return [...new Map(readings.map((one) => [`${one.day} ${one.value}`, one])).values()];
}

function chart(readings: readonly Reading[], tongue: Tongue, says: string): Html {
  const days = readings.map(({ day }) => Date.parse(`${day}T00:00:00Z`) / milliseconds);
  const [from, to] = [Math.min(...days), Math.max(...days)];
  const values = readings.map(({ value }) => value);
  const [low, high] = [Math.min(...values, 0), Math.max(...values) + 1];
  const x = (day: number): number =>
    round(left + ((day - from) / Math.max(to - from, 1)) * (width - left - right));
  const y = (value: number): number =>
    round(top + ((high - value) / (high - low)) * (height - top - bottom));
  const points = readings.map(({ value }, at) => [x(days[at] ?? 0), y(value)] as const);
  const line = points.map(([across, down], at) => `${at === 0 ? "M" : "L"}${across} ${down}`);
  const base = round(height - bottom);
  const area = `${line.join("")}L${points.at(-1)?.[0] ?? 0} ${base}L${points[0]?.[0] ?? 0} ${base}Z`;
  const grid = ticks(low, high).map(
    (value) =>
      html`<path class="grid" d="M${left} ${y(value)}H${width - right}" /><text
          class="tick"
          x="${left - 6}"
          y="${y(value) + 4}"
          text-anchor="end"
          >${tongue.degrees(value)}</text
        >`,
  );
  const day = (at: number): string =>
    new Date(at * milliseconds).toISOString().slice(5, 10).replace("-", "/");
  return html`<svg class="chart" viewBox="0 0 ${width} ${height}" role="img" aria-label="${says}">
    ${grid}
    <path class="area" d="${area}" />
    <path class="line" d="${line.join("")}" />
    ${
      readings.length < 40
        ? points.map(
            ([across, down]) => html`<circle class="dot" cx="${across}" cy="${down}" r="2.5" />`,
          )
        : undefined
    }
    <text class="tick" x="${left}" y="${height - 6}">${day(from)}</text>
    <text class="tick" x="${width - right}" y="${height - 6}" text-anchor="end">${day(to)}</text>
  </svg>`;
}
