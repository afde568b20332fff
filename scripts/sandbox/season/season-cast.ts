import { dateOf } from "../../../backend/src/math/calendar.ts";
import { Actor } from "../../api/actor.ts";
import { Operator } from "../../api/operator.ts";
import type { Id, Role } from "../../api/resources.ts";
import type { SandboxClient } from "../../api/sandbox-client.ts";
import type { FacilityOffer } from "../../api/terms.ts";

const names = {
  qingshan: ["buyer", "Qingshan Fresh Markets 青山生鲜"],
  yunhe: ["buyer", "Yunhe School Meals 云禾学生餐"],
  rice: ["cooperative", "Hongyan Rice Cooperative 红岩稻米合作社"],
  eggs: ["cooperative", "Linxi Egg Cooperative 林溪禽蛋合作社"],
  fruit: ["cooperative", "Shuangfeng Fruit Cooperative 双峰果业合作社"],
  granary: ["warehouse", "Jiangbei Granary 江北粮仓"],
  coldStore: ["warehouse", "Nanling Cold Store 南岭冷库"],
  bank: ["lender", "Huimin Rural Bank 惠民农商银行"],
  fund: ["lender", "Chengxin Harvest Fund 诚信助农基金"],
  arbiter: ["arbiter", "Sannong Arbitration Centre 三农仲裁中心"],
} as const satisfies Readonly<Record<string, readonly [Role, string]>>;

export type SeasonParty = keyof typeof names;

/** What they have when the season begins, minor units. The school kitchens are short of money, and will be late. */
const openingCash: readonly (readonly [SeasonParty, bigint])[] = [
  ["qingshan", 60_000_000n],
  ["yunhe", 3_900_000n],
  ["bank", 100_000_000n],
  ["fund", 50_000_000n],
];

const capacity = 500_000_000n;

const usual: FacilityOffer = {
  limit: 30_000_000n,
  orderAdvanceBps: 6000,
  storedAdvanceBps: 7000,
  acceptedAdvanceBps: 8500,
  rateBps: 452,
  penaltyRateBps: 678,
  dayBasis: 360,
  tenorDays: 120,
  graceDays: 5,
  sweepBps: 10_000,
};

/** Who lends to whom, against whose orders. */
const agreements = {
  bankRice: ["bank", "rice", "qingshan", usual],
  bankEggs: ["bank", "eggs", "qingshan", { ...usual, limit: 15_000_000n, sweepBps: 0 }],
  fundFruit: ["fund", "fruit", "yunhe", { ...usual, limit: 10_000_000n, rateBps: 520 }],
  fundRice: ["fund", "rice", "yunhe", { ...usual, limit: 8_000_000n, rateBps: 520 }],
} as const satisfies Readonly<
  Record<string, readonly [SeasonParty, SeasonParty, SeasonParty, FacilityOffer]>
>;

export interface SeasonCast {
  readonly parties: Readonly<Record<SeasonParty, Id>>;
  readonly facilities: Readonly<Record<keyof typeof agreements, Id>>;
}

/** Admits the season's parties, gives them their money and opens the facilities. */
export async function assembleCast(client: SandboxClient, firstDay: number): Promise<SeasonCast> {
  const operator = new Operator(client.as("operator"));
  const parties = await mapValues(names, async ([role, name]) => {
    const { id } = await operator.admit({ name, roles: [role] });
    if (role === "warehouse") await operator.setCapacity(id, capacity);
    return id;
  });
  await Promise.all(openingCash.map(([name, amount]) => operator.mint(parties[name], amount)));
  const year = dateOf(firstDay).slice(0, 4);
  const order = Object.keys(agreements);
  const facilities = await mapValues(agreements, async ([lender, borrower, buyer, offer], key) => {
    const opened = await new Actor(client.as(parties[lender])).openFacility({
      ...offer,
      number: `FA-${year}-${String(order.indexOf(key) + 1).padStart(3, "0")}`,
      borrower: parties[borrower],
      buyer: parties[buyer],
      expires: dateOf(firstDay + 365),
    });
    return opened.id;
  });
  await new Actor(client.as(parties.fund)).suspendFacility(facilities.fundRice);
  return { parties, facilities };
}

async function mapValues<Key extends string, Value, Result>(
  values: Readonly<Record<Key, Value>>,
  make: (value: Value, key: Key) => Promise<Result>,
): Promise<Readonly<Record<Key, Result>>> {
  const entries = Object.entries(values) as [Key, Value][];
  const made = entries.map(async ([key, value]) => [key, await make(value, key)] as const);
  return Object.fromEntries(await Promise.all(made)) as Record<Key, Result>;
}
