import { dateOf } from "../../backend/src/math/calendar.ts";
import { Actor } from "../api/actor.ts";
import { civilTime } from "../api/civil-time.ts";
import { Operator } from "../api/operator.ts";
import { PlayedClaim } from "../api/played-claim.ts";
import { Reader } from "../api/reader.ts";
import type { Id, Role } from "../api/resources.ts";
import type { SandboxClient } from "../api/sandbox-client.ts";
import { facility, openingCash, order } from "./terms.ts";

type Parties = Readonly<Record<Role, Id>>;

/** What the parties hold, minor units. */
export type Cash = Readonly<Record<"buyer" | "cooperative" | "lender", bigint>>;

/** A demonstration under way: its parties, its calendar and its claim. */
export class Stage {
  readonly claim: PlayedClaim;
  readonly #client: SandboxClient;
  readonly #parties: Parties;
  readonly #firstDay: number;
  #facility: Id | undefined;

  private constructor(client: SandboxClient, parties: Parties, firstDay: number) {
    this.#client = client;
    this.#parties = parties;
    this.#firstDay = firstDay;
    const { deliverByDay, ...terms } = order;
    const deliverBy = this.timeOf(deliverByDay, "23:59:59");
    this.claim = new PlayedClaim(client, parties, { ...terms, deliverBy });
  }

  /** Admits the parties of one demonstration, with their opening cash. */
  static async set(client: SandboxClient, firstDay: number): Promise<Stage> {
    const operator = new Operator(client.as("operator"));
    const admit = async (name: string, role: Role): Promise<Id> => {
      const called = `${name} (${dateOf(firstDay)})`;
      return (await operator.admit({ name: called, roles: [role] })).id;
    };
    const parties: Parties = {
      buyer: await admit("Demo buyer 演示采购方", "buyer"),
      cooperative: await admit("Demo cooperative 演示合作社", "cooperative"),
      warehouse: await admit("Demo warehouse 演示仓库", "warehouse"),
      lender: await admit("Demo lender 演示资金方", "lender"),
      arbiter: await admit("Demo arbiter 演示仲裁方", "arbiter"),
    };
    await operator.setCapacity(parties.warehouse, 1_000_000_000n);
    await operator.mint(parties.buyer, openingCash.buyer);
    await operator.mint(parties.lender, openingCash.lender);
    return new Stage(client, parties, firstDay);
  }

  async moveTo(day: number): Promise<void> {
    await new Operator(this.#client.as("operator")).moveCalendar(this.timeOf(day, "10:00:00"));
  }

  dateOf(day: number): string {
    return dateOf(this.#firstDay + day);
  }

  timeOf(day: number, clock: string): string {
    return civilTime(this.#firstDay + day, clock);
  }

  async openFacility(): Promise<void> {
    const { buyer, cooperative, lender } = this.#parties;
    const opened = await new Actor(this.#client.as(lender)).openFacility({
      ...facility,
      number: "DEMO-FACILITY",
      buyer,
      borrower: cooperative,
      expires: this.dateOf(364),
    });
    this.#facility = opened.id;
  }

  async drawDown(amount: bigint): Promise<void> {
    if (this.#facility === undefined) throw new Error("There is no facility yet.");
    await this.claim.drawDown(this.#facility, amount);
  }

  async cash(): Promise<Cash> {
    const held = (role: Role): Promise<bigint> =>
      new Reader(this.#client.as(this.#parties[role])).balance(this.#parties[role]);
    const [buyer, cooperative, lender] = await Promise.all([
      held("buyer"),
      held("cooperative"),
      held("lender"),
    ]);
    return { buyer, cooperative, lender };
  }
}
