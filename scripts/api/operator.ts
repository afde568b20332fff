import type { Caller } from "./caller.ts";
import type { CalendarResource, Id, PartyResource } from "./resources.ts";
import type { Admission } from "./terms.ts";
import { moneyText, quantityText } from "./wire.ts";

/** What the operator of a sandbox does. */
export class Operator {
  readonly #caller: Caller;

  constructor(caller: Caller) {
    this.#caller = caller;
  }

  async admit(admission: Admission): Promise<PartyResource> {
    return (await this.#caller.post("/parties", admission)) as PartyResource;
  }

  /** @param capacity thousandths that a warehouse may have on receipts and open despatches */
  async setCapacity(warehouse: Id, capacity: bigint): Promise<void> {
    const body = { capacity: quantityText(capacity) };
    await this.#caller.put(`/parties/${warehouse}/capacity`, body);
  }

  /** Lets a party say what happens at a place, or at all whose name begins so. */
  async registerPlace(
    uri: string,
    party: Id,
    name: string,
    where: { readonly region?: string; readonly point?: string } = {},
  ): Promise<void> {
    await this.#caller.put("/locations", { uri, party, name, ...where });
  }

  async suspend(party: Id, suspended: boolean): Promise<PartyResource> {
    return (await this.#caller.post(`/parties/${party}/suspension`, {
      suspended,
    })) as PartyResource;
  }

  /** @param amount minor units of the sandbox's currency, made for the party */
  async mint(party: Id, amount: bigint): Promise<void> {
    await this.#caller.post("/sandbox/money", { party, amount: moneyText(amount) });
  }

  /** The sandbox's time, ISO 8601 with offset. */
  async now(): Promise<string> {
    const { now } = (await this.#caller.get("/sandbox/calendar")) as CalendarResource;
    return now;
  }

  /** Moves the calendar forward; never back. */
  async moveCalendar(to: string): Promise<void> {
    await this.#caller.post("/sandbox/calendar", { to });
  }
}
