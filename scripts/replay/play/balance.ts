import { Reader } from "../../api/reader.ts";
import type { Id } from "../../api/resources.ts";
import type { SandboxClient } from "../../api/sandbox-client.ts";
import { minorUnits } from "../../api/wire.ts";
import type { Cast } from "./cast.ts";
import type { Gate } from "./gate.ts";
import type { Tally } from "./tally.ts";

/** Whether all money is where what the API answered says that it is; minor units. */
export interface Balance {
  readonly parties: number;
  readonly minted: bigint;
  /** What the parties hold in the end. */
  readonly held: bigint;
  /** Principal that the facilities say is drawn. */
  readonly drawn: bigint;
  /** Principal advanced and not repaid, by the answers. */
  readonly owed: bigint;
  readonly differences: readonly Difference[];
  readonly isRight: boolean;
}

interface Difference {
  readonly party: Id;
  readonly expected: bigint;
  readonly held: bigint;
}

/** Asks for every party's balance and every facility's drawn principal. */
export async function checkBalance(
  client: SandboxClient,
  cast: Cast,
  tally: Tally,
  gate: Gate,
): Promise<Balance> {
  const holdings = await Promise.all(
    [...tally.cash].map(async ([party, expected]): Promise<Difference> => {
      const reader = new Reader(client.as(party));
      return { party, expected, held: await gate.pass(() => reader.balance(party)) };
    }),
  );
  const lending = new Reader(client.as(cast.lender));
  const drawn = await Promise.all(
    cast.facilities.map((facility) =>
      gate.pass(async () => minorUnits((await lending.facility(facility)).drawn)),
    ),
  );
  const differences = holdings.filter(({ expected, held }) => expected !== held);
  const held = sum(holdings.map((holding) => holding.held));
  const owed = tally.advanced - tally.principal;
  const isRight = differences.length === 0 && held === tally.minted && sum(drawn) === owed;
  return {
    parties: holdings.length,
    minted: tally.minted,
    held,
    drawn: sum(drawn),
    owed,
    differences,
    isRight,
  };
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n);
}
