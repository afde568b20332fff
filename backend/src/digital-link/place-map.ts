import { round } from "./drawing.ts";
import { html, type Html } from "./html.ts";
import type { Tongue } from "./language.ts";
import type { StoryPlace } from "./story.ts";

const width = 400;
const height = 250;
const margin = 60;
const kilometresOfDegree = 111.2;
/** Degrees that the map is wide at least: places are no nearer than a tenth of one. */
const least = 0.8;

interface Spot {
  readonly names: readonly string[];
  readonly latitude: number;
  readonly longitude: number;
}

/**
 * Where the goods went, in order: drawn here, with no map of anybody's below it. Nothing where fewer than two places
 * are known.
 */
export function placeMap(places: readonly StoryPlace[], tongue: Tongue): Html | undefined {
  const spots = spotsOf(places, tongue);
  if (spots.length < 2) return undefined;
  const { map } = tongue.words;
  const names = spots.map((spot) => spot.names.join(", ")).join(" → ");
  const unplaced = places
    .filter(({ point }) => point === null)
    .map(({ name }) => tongue.name(name));
  return html`<section class="card map" aria-labelledby="map">
    <h2 id="map">${map.title}</h2>
    ${drawn(spots, tongue, map.chart(names))}
    <p class="note">
      ${map.note}${unplaced.length === 0 ? undefined : ` ${map.unplaced(unplaced.join(", "))}`}
    </p>
  </section>`;
}

function spotsOf(places: readonly StoryPlace[], tongue: Tongue): Spot[] {
  const spots = new Map<string, Spot>();
  for (const { name, point } of places) {
    if (point === null) continue;
    const [latitude = 0, longitude = 0] = point.split(",").map(Number);
    const names = [...(spots.get(point)?.names ?? []), tongue.name(name)];
    spots.set(point, { names: [...new Set(names)], latitude, longitude });
  }
  return [...spots.values()];
}

function drawn(spots: readonly Spot[], tongue: Tongue, says: string): Html {
  const middle = (values: readonly number[]): number =>
    (Math.min(...values) + Math.max(...values)) / 2;
  const span = (values: readonly number[]): number => Math.max(...values) - Math.min(...values);
  const latitudes = spots.map(({ latitude }) => latitude);
  const longitudes = spots.map(({ longitude }) => longitude);
  const [north, east] = [middle(latitudes), middle(longitudes)];
  const narrowing = Math.cos((north * Math.PI) / 180);
  // Pixels for a degree of latitude.
  const scale = Math.min(
    (width - 2 * margin) / Math.max(span(longitudes) * narrowing, least),
    (height - 2 * margin) / Math.max(span(latitudes), least / 2),
  );
  const at = spots.map(({ latitude, longitude }) => ({
    x: round(width / 2 + (longitude - east) * narrowing * scale),
    y: round(height / 2 - (latitude - north) * scale),
  }));
  const way = at.map(({ x, y }, place) => `${place === 0 ? "M" : "L"}${x} ${y}`).join("");
  const length = [5, 10, 20, 50, 100, 200, 500, 1000, 2000].findLast(
    (kilometres) => (kilometres / kilometresOfDegree) * scale <= 110,
  );
  const bar = round(((length ?? 5) / kilometresOfDegree) * scale);
  return html`<svg class="places" viewBox="0 0 ${width} ${height}" role="img" aria-label="${says}">
    <path class="grid" d="${graticule(north, east, narrowing, scale)}" />
    <path class="way" d="${way}" />
    ${at.map(({ x, y }) => html`<circle class="blur" cx="${x}" cy="${y}" r="${round(Math.max(0.05 * scale, 9))}" />`)}
    ${spots.map(({ names }, place) => spotLabel(names, place, at[place] ?? { x: 0, y: 0 }))}
    <path class="bar" d="M20 ${height - 18}h${bar}m0 -5v10M20 ${height - 23}v10" />
    <text class="tick" x="${30 + bar}" y="${height - 14}">
      ${tongue.words.map.kilometres(length ?? 5)}
    </text>
  </svg>`;
}

function spotLabel(
  names: readonly string[],
  place: number,
  { x, y }: { x: number; y: number },
): Html {
  const isRight = x > width * 0.62;
  const anchor = isRight ? "end" : "start";
  const across = isRight ? x - 14 : x + 14;
  return html`<circle class="spot" cx="${x}" cy="${y}" r="9" /><text
      class="number"
      x="${x}"
      y="${y + 4}"
      text-anchor="middle"
      >${place + 1}</text
    >${names
      .slice(0, 3)
      .map(
        (name, line) =>
          html`<text
            class="place"
            x="${across}"
            y="${round(y + 5 + 17 * (line - (Math.min(names.length, 3) - 1) / 2))}"
            text-anchor="${anchor}"
            >${name}</text
          >`,
      )}`;
}

/** Lines of whole degrees, or of halves where there are few. */
function graticule(north: number, east: number, narrowing: number, scale: number): string {
  const step = [0.5, 1, 2, 5, 10].find((degrees) => degrees * scale >= 60) ?? 20;
  const lines: string[] = [];
  const half = { x: width / 2 / (narrowing * scale), y: height / 2 / scale };
  for (let at = Math.ceil((east - half.x) / step) * step; at < east + half.x; at += step) {
    lines.push(`M${round(width / 2 + (at - east) * narrowing * scale)} 0V${height}`);
  }
  for (let at = Math.ceil((north - half.y) / step) * step; at < north + half.y; at += step) {
    lines.push(`M0 ${round(height / 2 - (at - north) * scale)}H${width}`);
  }
  return lines.join("");
}
