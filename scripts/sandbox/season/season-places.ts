import type { SeasonParty } from "./season-cast.ts";

/** Those who handle goods, each with a namespace of its own: none of them has a prefix of GS1's. */
const hosts = {
  rice: "hongyan-rice.example",
  eggs: "linxi-eggs.example",
  fruit: "shuangfeng-fruit.example",
  granary: "jiangbei-granary.example",
  coldStore: "nanling-cold-store.example",
  qingshan: "qingshan-markets.example",
  yunhe: "yunhe-meals.example",
} as const satisfies Partial<Record<SeasonParty, string>>;

export type Handler = keyof typeof hosts;

/** A place as it is registered: made up, like all of the season. */
interface Place {
  readonly name: string;
  readonly region: string;
  /** In tenths of a degree. */
  readonly point: string;
}

const places: Readonly<Record<Handler, Readonly<Record<string, Place>>>> = {
  rice: {
    "paddy-3": place("Paddy 3 三号稻田", "Hongyan Township 红岩乡", "28.6,115.2"),
    "grading-house": place("Grading house 分级场", "Hongyan Township 红岩乡", "28.6,115.2"),
  },
  eggs: {
    "hen-house-2": place("Hen house 2 二号鸡舍", "Linxi Township 林溪乡", "29.3,115.9"),
    "grading-house": place("Grading house 分级场", "Linxi Township 林溪乡", "29.3,115.9"),
  },
  fruit: {
    "orchard-5": place("Orchard 5 五号果园", "Shuangfeng Township 双峰乡", "27.8,116.1"),
    "grading-house": place("Grading house 分级场", "Shuangfeng Township 双峰乡", "27.8,116.1"),
  },
  granary: { "hall-1": place("Hall 1 一号仓", "Jiangbei District 江北区", "28.7,115.8") },
  coldStore: { "hall-1": place("Cold hall 1 一号冷库", "Nanling County 南岭县", "28.4,116.4") },
  qingshan: {
    "kitchen-dock": place("Receiving dock 收货口", "Qingshan City 青山市", "28.9,116.6"),
  },
  yunhe: { "kitchen-dock": place("Kitchen dock 厨房收货口", "Yunhe City 云禾市", "28.2,115.6") },
};

function place(name: string, region: string, point: string): Place {
  return { name, region, point };
}
export type Grower = "rice" | "eggs" | "fruit";
export type Store = "granary" | "coldStore";

export const handlers = Object.keys(hosts) as Handler[];

/** The beginning of the names of a party's places. */
export function placesOf(party: Handler): string {
  return `https://${hosts[party]}/places/`;
}

/** Every place of a party's, by its name. */
export function namedPlaces(party: Handler): (readonly [uri: string, place: Place])[] {
  return Object.entries(places[party]).map(([name, place]) => [placesOf(party) + name, place]);
}

export function lotOf(grower: Grower, lot: string): string {
  return `https://${hosts[grower]}/lots/${lot}`;
}

export function deviceOf(store: Store): string {
  return `https://${hosts[store]}/devices/logger-1`;
}
