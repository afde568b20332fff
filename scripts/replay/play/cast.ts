import { dateOf } from "../../../backend/src/math/calendar.ts";
import { Actor } from "../../api/actor.ts";
import { Operator } from "../../api/operator.ts";
import type { Id, Role } from "../../api/resources.ts";
import type { SandboxClient } from "../../api/sandbox-client.ts";
import type { FacilityOffer } from "../../api/terms.ts";
import type { BookLine } from "../book/book-line.ts";
import type { Pair, Plan } from "../book/plan.ts";
import type { Gate } from "./gate.ts";
import type { Tally } from "./tally.ts";

/** Who plays a line. */
export interface Roles {
  readonly buyer: Id;
  readonly seller: Id;
  readonly facility: Id;
}

/** The parties of a book, admitted for this replay alone, and a facility for each buyer and seller with orders. */
export interface Cast {
  readonly lender: Id;
  readonly arbiter: Id;
  readonly facilities: readonly Id[];
  rolesOf(line: BookLine): Roles;
}

export interface CastOptions {
  readonly client: SandboxClient;
  readonly plan: Plan;
  readonly offer: FacilityOffer;
  /** Civil day after which nothing is drawn any more. */
  readonly lastDay: number;
  readonly gate: Gate;
  readonly tally: Tally;
}

/**
 * Admits everybody and opens the facilities. Each buyer gets what its orders come to, the lender what it could have to
 * advance on all of them: no line waits for money, and what is left over shows in the balance.
 */
export async function assemble(options: CastOptions): Promise<Cast> {
  const { client, plan, offer, gate, tally } = options;
  const operator = new Operator(client.as("operator"));
  const admit = (name: string, role: Role): Promise<Id> =>
    gate.pass(async () => (await operator.admit({ name, roles: [role] })).id);
  const mint = async (party: Id, amount: bigint): Promise<void> => {
    if (amount === 0n) return;
    await gate.pass(() => operator.mint(party, amount));
    tally.mint(party, amount);
  };
  const pairs = plan.pairs();
  const spending = plan.buyers();
  const [lender, arbiter, buyers, sellers] = await Promise.all([
    admit("Replay lender", "lender"),
    admit("Replay arbiter", "arbiter"),
    admitAll([...spending.keys()], (name) => admit(name, "buyer")),
    admitAll([...new Set(pairs.map(({ seller }) => seller))], (name) => admit(name, "cooperative")),
  ]);
  const total = [...spending.values()].reduce((sum, value) => sum + value, 0n);
  await Promise.all([
    mint(lender, (total * BigInt(offer.orderAdvanceBps)) / 10_000n),
    ...[...spending].map(([name, value]) => mint(found(buyers, name), value)),
  ]);

  const lending = new Actor(client.as(lender));
  const open = async ({ buyer, seller }: Pair, index: number): Promise<[string, Id]> => {
    const facility = await lending.openFacility({
      ...offer,
      number: `REPLAY-${String(index + 1)}`,
      buyer: found(buyers, buyer),
      borrower: found(sellers, seller),
      expires: dateOf(options.lastDay),
    });
    return [nameOf(buyer, seller), facility.id];
  };
  const facilities = new Map(
    await Promise.all(pairs.map((pair, index) => gate.pass(() => open(pair, index)))),
  );
  return {
    lender,
    arbiter,
    facilities: [...facilities.values()],
    rolesOf: ({ buyer, seller }) => ({
      buyer: found(buyers, buyer),
      seller: found(sellers, seller),
      facility: found(facilities, nameOf(buyer, seller)),
    }),
  };
}

async function admitAll(
  names: readonly string[],
  admit: (name: string) => Promise<Id>,
): Promise<ReadonlyMap<string, Id>> {
  return new Map(
    await Promise.all(names.map(async (name): Promise<[string, Id]> => [name, await admit(name)])),
  );
}

function nameOf(buyer: string, seller: string): string {
  return JSON.stringify([buyer, seller]);
}

function found(ids: ReadonlyMap<string, Id>, name: string): Id {
  const id = ids.get(name);
  if (id === undefined) throw new Error(`${name} was not prepared.`);
  return id;
}
