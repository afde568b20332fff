import { Wallet } from "ethers";
import { dateOf } from "../../../backend/src/math/calendar.ts";
import { Actor } from "../../api/actor.ts";
import { Operator } from "../../api/operator.ts";
import type { Id, Role } from "../../api/resources.ts";
import type { FacilityOffer } from "../../api/terms.ts";
import { Seeded } from "../../random/seeded.ts";
import type { Book } from "../model/book.ts";
import { effect } from "../model/effect.ts";
import { cast as size, type LifePlan } from "../plan/life-plan.ts";
import { organise } from "./approver.ts";
import type { Attendant } from "./attendant.ts";
import type { Erp } from "./erp.ts";
import { signFor } from "./wallet-holder.ts";

/** 60 % on the order, 70 % on goods in store, 85 % on money owed; the lender is made whole first. */
export const offer: FacilityOffer = {
  limit: 10n ** 13n,
  orderAdvanceBps: 6000,
  storedAdvanceBps: 7000,
  acceptedAdvanceBps: 8500,
  rateBps: 452,
  penaltyRateBps: 678,
  dayBasis: 360,
  tenorDays: 90,
  graceDays: 5,
  sweepBps: 10_000,
};

const fortune = 10n ** 13n;
const capacity = 10n ** 12n;

/** Where a cooperative's goods grow. */
export function fieldOf(cooperative: Id): string {
  return `https://farm.example/${cooperative}/field`;
}

/** Who plays a life. */
export interface Roles {
  readonly buyer: Id;
  readonly cooperative: Id;
  readonly warehouse: Id;
  readonly lender: Id;
  readonly arbiter: Id;
  readonly facility: Id;
}

interface CastOptions {
  readonly erp: Erp;
  readonly book: Book;
  readonly seed: number;
  /** Civil day after which nothing is drawn any more. */
  readonly lastDay: number;
  /** Where the cooperatives want to be told of drawdowns. */
  readonly listener: string;
}

/** The parties of a campaign and their facilities. */
export class Cast {
  private constructor(
    private readonly parties: Readonly<Record<Role, readonly Id[]>>,
    private readonly facilities: readonly (readonly Id[])[],
    /** Who approves, and who signs with a wallet. */
    readonly attendants: Readonly<Record<"approver" | "wallet", Attendant>>,
  ) {}

  get everybody(): readonly Id[] {
    return Object.values(this.parties).flat();
  }

  /** Nothing is left for anybody to do. */
  async dismiss(): Promise<void> {
    await Promise.all(Object.values(this.attendants).map((each) => each.dismiss()));
  }

  static async assemble({ erp, book, seed, lastDay, listener }: CastOptions): Promise<Cast> {
    const random = new Seeded(seed);
    const wallet = new Wallet(Wallet.createRandom().privateKey);
    const parties = await admitAll(erp, book, random, wallet.address);
    const attendants = {
      approver: await organise(erp, at(parties.buyer, 0), random),
      wallet: signFor(erp, wallet, wallet.address as Id, random),
    };
    const webhooks = parties.cooperative.map(async (party) => {
      const desk = erp.desk(`webhook.${party}`, random);
      await desk.as(party).post("/webhooks", { url: listener, events: ["DrawnDown"] });
    });
    const money = [...parties.buyer, ...parties.lender].map(async (party) => {
      const desk = erp.desk(`mint.${party}`, random);
      await new Operator(desk.as("operator")).mint(party, fortune);
      book.grant(effect("Minted", party, fortune));
      book.mint(party, fortune);
    });
    const capacities = parties.warehouse.map(async (warehouse) => {
      const desk = erp.desk(`capacity.${warehouse}`, random);
      await new Operator(desk.as("operator")).setCapacity(warehouse, capacity);
      book.grant(effect("CapacitySet", warehouse, capacity));
    });
    const fields = parties.cooperative.map(async (party) => {
      const desk = erp.desk(`field.${party}`, random);
      await new Operator(desk.as("operator")).registerPlace(fieldOf(party), party, "a field");
    });
    const facilities = parties.buyer.map((buyer, place) =>
      Promise.all(
        parties.cooperative.map(async (borrower, other) => {
          const lender = lenderOf(parties, place, other);
          const number = `FACILITY-${String(place)}-${String(other)}`;
          const lending = new Actor(erp.desk(number, random).as(lender));
          const terms = { ...offer, number, buyer, borrower, expires: dateOf(lastDay) };
          const { id } = await lending.openFacility(terms);
          book.grant(effect("FacilityOpened", lender, number));
          return id;
        }),
      ),
    );
    await Promise.all([...money, ...capacities, ...webhooks, ...fields]);
    return new Cast(parties, await Promise.all(facilities), attendants);
  }

  rolesOf({ buyer, cooperative, warehouse }: LifePlan): Roles {
    const { parties } = this;
    return {
      buyer: at(parties.buyer, buyer),
      cooperative: at(parties.cooperative, cooperative),
      warehouse: at(parties.warehouse, warehouse),
      lender: lenderOf(parties, buyer, cooperative),
      arbiter: at(parties.arbiter, 0),
      facility: at(at(this.facilities, buyer), cooperative),
    };
  }
}

async function admitAll(
  erp: Erp,
  book: Book,
  random: Seeded,
  wallet: string,
): Promise<Readonly<Record<Role, readonly Id[]>>> {
  const admit = (role: Role, count: number, last?: string): Promise<Id[]> =>
    Promise.all(
      Array.from({ length: count }, async (_, index) => {
        const name = `${role} ${String(index)}`;
        const desk = erp.desk(`admit.${name.replace(" ", ".")}`, random);
        const own = last !== undefined && index === count - 1 ? { key: last } : {};
        const admission = { name, roles: [role], ...own };
        const { id } = await new Operator(desk.as("operator")).admit(admission);
        book.grant(effect("PartyAdmitted", name));
        return id;
      }),
    );
  const [buyer, cooperative, warehouse, lender, arbiter] = await Promise.all([
    admit("buyer", size.buyers),
    admit("cooperative", size.cooperatives),
    admit("warehouse", size.warehouses, wallet),
    admit("lender", size.lenders),
    admit("arbiter", 1),
  ]);
  return { buyer, cooperative, warehouse, lender, arbiter };
}

function lenderOf({ lender }: { readonly lender: readonly Id[] }, a: number, b: number): Id {
  return at(lender, (a + b) % lender.length);
}

function at<T>(from: readonly T[], index: number): T {
  const found = from[index];
  if (found === undefined) throw new Error(`Nobody has place ${String(index)}.`);
  return found;
}
