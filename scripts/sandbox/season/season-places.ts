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
export type Grower = "rice" | "eggs" | "fruit";
export type Store = "granary" | "coldStore";

export const handlers = Object.keys(hosts) as Handler[];

/** The beginning of the names of a party's places. */
export function placesOf(party: Handler): string {
  return `https://${hosts[party]}/places/`;
}

export function lotOf(grower: Grower, lot: string): string {
  return `https://${hosts[grower]}/lots/${lot}`;
}

export function deviceOf(store: Store): string {
  return `https://${hosts[store]}/devices/logger-1`;
}
