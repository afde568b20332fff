import { dateOf } from "../../../backend/src/math/calendar.ts";
import { civilTime } from "../../api/civil-time.ts";
import { PlayedClaim, type ClaimTerms } from "../../api/played-claim.ts";
import type { SandboxClient } from "../../api/sandbox-client.ts";
import type { SeasonCast } from "./season-cast.ts";
import type { Store } from "./season-places.ts";
import type { SeasonStory } from "./season-story.ts";

/** What happens to one claim: acts by day of the season, each day's in this order. */
export type Plot = readonly (readonly [day: number, act: () => Promise<void>])[];

type Goods = Pick<ClaimTerms, "itemCode" | "unit"> & { readonly warehouse: Store };

const goods = {
  rice: { itemCode: "JAPONICA-RICE", unit: "KGM", warehouse: "granary" },
  eggs: { itemCode: "HEN-EGGS", unit: "KGM", warehouse: "coldStore" },
  fruit: { itemCode: "NAVEL-ORANGE", unit: "KGM", warehouse: "coldStore" },
} as const satisfies Readonly<Record<string, Goods>>;

/** Kilograms as the contracts count them. */
const kg = (kilograms: number): bigint => BigInt(kilograms) * 1000n;
/** Yuan as the contracts count them. */
const yuan = (amount: number): bigint => BigInt(amount) * 100n;

/** The season's claims, each on its way to another end. */
export function seasonPlots(
  client: SandboxClient,
  cast: SeasonCast,
  firstDay: number,
  story: SeasonStory,
): Plot[] {
  const { bankRice, bankEggs, fundFruit } = cast.facilities;
  const year = dateOf(firstDay).slice(0, 4);
  const evening = (day: number): string => civilTime(firstDay + day, "20:00:00");
  const claim = (
    order: readonly [buyer: "qingshan" | "yunhe", number: number, line: number],
    seller: keyof typeof goods,
    kilograms: number,
    fen: number,
    [deliverBy, paymentDays]: readonly [number, number],
  ): PlayedClaim => {
    const [buyer, number, line] = order;
    const { warehouse, ...what } = goods[seller];
    const parties = {
      buyer: cast.parties[buyer],
      cooperative: cast.parties[seller],
      warehouse: cast.parties[warehouse],
      arbiter: cast.parties.arbiter,
    };
    const terms = {
      ...what,
      number: `PO-${year}-${String(number)}`,
      line,
      quantity: kg(kilograms),
      unitPrice: BigInt(fen) * 100n,
      deliverBy: civilTime(firstDay + deliverBy, "23:59:59"),
      paymentDays,
      inspectionDays: 3,
    };
    const tell = story.ofClaim({ buyer, cooperative: seller, warehouse });
    return new PlayedClaim(client, parties, terms, tell, (ticket) =>
      story.papers.ticket(warehouse, seller, ticket),
    );
  };

  const repaid = claim(["qingshan", 1001, 1], "rice", 20_000, 650, [40, 30]);
  const stored = claim(["qingshan", 1002, 1], "rice", 15_000, 680, [130, 30]);
  const financed = claim(["qingshan", 1002, 2], "rice", 8_000, 720, [140, 30]);
  const partDelivered = claim(["qingshan", 1003, 1], "eggs", 6_000, 940, [120, 30]);
  const inTransit = claim(["qingshan", 1004, 1], "eggs", 4_000, 960, [100, 30]);
  const accepted = claim(["qingshan", 1005, 1], "eggs", 5_000, 955, [150, 45]);
  const onTheRoad = claim(["qingshan", 1006, 1], "rice", 3_000, 660, [110, 30]);
  const repaidEarly = claim(["qingshan", 1007, 1], "eggs", 3_000, 940, [125, 30]);
  const overdue = claim(["yunhe", 2001, 1], "fruit", 10_000, 580, [60, 15]);
  const issued = claim(["yunhe", 2002, 1], "fruit", 7_000, 565, [160, 15]);
  const withdrawn = claim(["yunhe", 2003, 1], "rice", 2_500, 690, [120, 30]);
  const cancelled = claim(["yunhe", 2004, 1], "rice", 4_000, 675, [100, 30]);
  const paid = claim(["yunhe", 2005, 1], "eggs", 2_000, 950, [50, 0]);
  const cameBack = claim(["yunhe", 2006, 1], "fruit", 6_000, 450, [110, 30]);

  return [
    [
      ...ordered(repaid, 0),
      [1, () => repaid.drawDown(bankRice, yuan(78_000))],
      ...storedOn(repaid, 8, "JB-0801", 20_000),
      [8, () => repaid.drawDown(bankRice, yuan(13_000))],
      [20, () => repaid.despatch(1, kg(20_000), evening(21), "JB-0801")],
      [21, () => repaid.acceptDelivery(1, kg(20_000))],
      [51, () => repaid.collect(1)],
    ],
    [
      ...ordered(stored, 60),
      [61, () => stored.drawDown(bankRice, yuan(61_200))],
      ...storedOn(stored, 75, "JB-1002", 10_000),
      [76, () => stored.split("JB-1002", kg(4_000), 1)],
      [78, () => stored.weighIn("JB-1009", kg(5_000))],
    ],
    [...ordered(financed, 60), [62, () => financed.drawDown(bankRice, yuan(30_000))]],
    [
      ...ordered(partDelivered, 50),
      [52, () => partDelivered.drawDown(bankEggs, yuan(33_840))],
      [70, () => partDelivered.despatch(1, kg(2_500), evening(71))],
      [71, () => partDelivered.acceptDelivery(1, kg(2_400))],
    ],
    [
      ...ordered(inTransit, 65),
      ...storedOn(inTransit, 66, "NL-0301", 4_000),
      [68, () => inTransit.drawDown(bankEggs, yuan(26_880))],
      [88, () => inTransit.despatch(1, kg(3_000), evening(92), "NL-0301")],
    ],
    [...ordered(accepted, 85)],
    [...ordered(onTheRoad, 80), [89, () => onTheRoad.despatch(1, kg(3_000), evening(93))]],
    [
      ...ordered(repaidEarly, 10),
      [11, () => repaidEarly.drawDown(bankEggs, yuan(10_000))],
      [40, () => repaidEarly.repay(yuan(11_000))],
    ],
    [
      ...ordered(overdue, 20),
      [21, () => overdue.drawDown(fundFruit, yuan(30_000))],
      [40, () => overdue.despatch(1, kg(10_000), evening(41))],
      [41, () => overdue.acceptDelivery(1, kg(10_000))],
      [56, () => overdue.collect(1)],
    ],
    [[89, () => issued.issue()]],
    [
      [70, () => withdrawn.issue()],
      [72, () => withdrawn.cancel("buyer")],
    ],
    [
      ...ordered(cancelled, 30),
      [45, () => cancelled.cancel("buyer")],
      [46, () => cancelled.cancel("cooperative")],
    ],
    [
      ...ordered(paid, 25),
      [35, () => paid.despatch(1, kg(2_000), evening(35))],
      [35, () => paid.acceptDelivery(1, kg(2_000))],
    ],
    [
      ...ordered(cameBack, 74),
      ...storedOn(cameBack, 75, "NL-0302", 6_000),
      [80, () => cameBack.despatch(1, kg(6_000), evening(81), "NL-0302")],
      [81, () => cameBack.acceptDelivery(1, kg(5_000))],
      [83, () => cameBack.weighIn("NL-0309", kg(1_000), 1)],
    ],
  ];
}

function ordered(claim: PlayedClaim, day: number): Plot {
  return [
    [day, () => claim.issue()],
    [day, () => claim.accept()],
  ];
}

function storedOn(claim: PlayedClaim, day: number, ticket: string, kilograms: number): Plot {
  return [
    [day, () => claim.weighIn(ticket, kg(kilograms))],
    [day, () => claim.earmark(ticket)],
  ];
}
