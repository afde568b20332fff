import type { JsonObject } from "../../../backend/src/proof/event.ts";
import { Operator } from "../../api/operator.ts";
import type { GoodsAct } from "../../api/played-claim.ts";
import type { Id } from "../../api/resources.ts";
import type { SandboxClient } from "../../api/sandbox-client.ts";
import type { SeasonCast } from "./season-cast.ts";
import {
  atPlace,
  claimNames,
  grown,
  observed,
  relotted,
  temperatureLog,
  type Quantity,
} from "./season-events.ts";
import {
  handlers,
  lotOf,
  namedPlaces,
  placesOf,
  type Grower,
  type Handler,
  type Store,
} from "./season-places.ts";
import { SeasonPapers } from "./season-papers.ts";
import { SeasonTellings } from "./season-tellings.ts";

interface ClaimHandlers {
  readonly buyer: "qingshan" | "yunhe";
  readonly cooperative: Grower;
  readonly warehouse: Store;
}

interface Stored {
  readonly store: Store;
  readonly lot: string;
  kilograms: number;
  /** Since when its temperature has not been told. */
  loggedFrom: number;
}

type ActOf<Name extends GoodsAct["act"]> = Extract<GoodsAct, { readonly act: Name }>;

/** What happens to the season's goods, told as EPCIS events by those at whose places it happens. */
export class SeasonStory {
  readonly #stored = new Map<Id, Stored>();
  /** What each delivery is made of. */
  readonly #delivered = new Map<string, string>();
  readonly #tellings: SeasonTellings;
  readonly papers: SeasonPapers;
  #day: number;

  private constructor(
    client: SandboxClient,
    parties: SeasonCast["parties"],
    private readonly firstDay: number,
  ) {
    this.#day = firstDay;
    this.#tellings = new SeasonTellings(client, parties);
    this.papers = new SeasonPapers(client, parties);
  }

  /** Registers the places. */
  static async begin(
    client: SandboxClient,
    parties: SeasonCast["parties"],
    firstDay: number,
  ): Promise<SeasonStory> {
    const operator = new Operator(client.as("operator"));
    await Promise.all(
      handlers.flatMap((name) => [
        operator.registerPlace(placesOf(name), parties[name], name),
        ...namedPlaces(name).map(([uri, { name: called, ...where }]) =>
          operator.registerPlace(uri, parties[name], called, where),
        ),
      ]),
    );
    return new SeasonStory(client, parties, firstDay);
  }

  /** @param day of the season */
  turnTo(day: number): void {
    this.#day = this.firstDay + day;
  }

  /** Hears what happens on a claim. */
  ofClaim(who: ClaimHandlers): (act: GoodsAct) => void {
    return (act) => {
      if (act.act === "weighedIn") this.#weighedIn(who, act);
      else if (act.act === "earmarked") this.#earmarked(who, act);
      else if (act.act === "split") this.#split(act);
      else if (act.act === "despatched") this.#despatched(who, act);
      else this.#accepted(who, act);
    };
  }

  /** Tells the temperature of all that is still stored. */
  endLogs(): void {
    for (const receipt of this.#stored.keys()) this.#log(receipt);
  }

  /** Captures what has been told since the last time. */
  capture(): Promise<void> {
    return this.#tellings.capture(this.#day);
  }

  #weighedIn(
    who: ClaimHandlers,
    { receipt, lot: name, quantity, returned }: ActOf<"weighedIn">,
  ): void {
    const { cooperative, warehouse } = who;
    const goods = { lot: lotOf(cooperative, name), kilograms: kilograms(quantity) };
    this.#stored.set(receipt, { ...goods, store: warehouse, loggedFrom: this.#day });
    const day = this.#day;
    const claim = claimNames.receipt(receipt);
    if (returned !== undefined) {
      const { order, delivery } = returned;
      const from = this.#lotOf(order, delivery);
      const about = [claim, claimNames.delivery(order, delivery), claimNames.order(order)];
      const back = { lot: from, kilograms: goods.kilograms };
      this.#tell(
        warehouse,
        observed("receiving", back, [day, "08:30:00"], {
          disposition: "returned",
          ...atPlace(warehouse, "hall-1"),
          bizTransactionList: about.slice(1),
        }),
        relotted(from, goods, [warehouse, day], about),
      );
      return;
    }
    this.#grow(cooperative, name, goods.kilograms);
    this.#tell(
      cooperative,
      observed("shipping", goods, [day, "06:00:00"], {
        disposition: "in_transit",
        ...atPlace(cooperative, "grading-house"),
      }),
    );
    this.#tell(
      warehouse,
      observed("receiving", goods, [day, "08:40:00"], {
        disposition: "in_progress",
        ...atPlace(warehouse, "hall-1"),
        bizTransactionList: [claim],
      }),
    );
  }

  /** The cooperative promises what it has stored; nothing moves, so there is no place. */
  #earmarked({ cooperative }: ClaimHandlers, { receipt, order }: ActOf<"earmarked">): void {
    const about = { bizTransactionList: [claimNames.receipt(receipt), claimNames.order(order)] };
    const stored = this.#storedAs(receipt);
    this.#tell(cooperative, observed("reserving", stored, [this.#day, "08:50:00"], about));
  }

  #split({ receipt, child, quantity }: ActOf<"split">): void {
    const stored = this.#storedAs(receipt);
    const part = { ...stored, kilograms: kilograms(quantity), loggedFrom: this.#day };
    stored.kilograms -= part.kilograms;
    this.#stored.set(child, part);
    this.#tell(
      part.store,
      observed("storing", part, [this.#day, "08:45:00"], {
        ...atPlace(part.store, "hall-1"),
        bizTransactionList: [claimNames.receipt(child), claimNames.receipt(receipt)],
      }),
    );
  }

  #despatched(
    who: ClaimHandlers,
    { order, delivery, quantity, receipt }: ActOf<"despatched">,
  ): void {
    const about = [claimNames.delivery(order, delivery), claimNames.order(order)];
    const day = this.#day;
    const sent = (from: Handler, place: string, goods: Quantity, more: JsonObject[]): void => {
      this.#delivered.set(`${order}:${String(delivery)}`, goods.lot);
      this.#tell(
        from,
        observed("shipping", goods, [day, "08:30:00"], {
          disposition: "in_transit",
          ...atPlace(from, place),
          bizTransactionList: [...about, ...more],
        }),
      );
    };
    if (receipt === undefined) {
      const { cooperative } = who;
      const name = `LOT-${order.slice(2, 10)}-${String(delivery)}`;
      const goods = { lot: lotOf(cooperative, name), kilograms: kilograms(quantity) };
      this.#grow(cooperative, name, goods.kilograms);
      sent(cooperative, "grading-house", goods, []);
      return;
    }
    this.#log(receipt);
    const stored = this.#storedAs(receipt);
    const goods = { lot: stored.lot, kilograms: kilograms(quantity) };
    stored.kilograms -= goods.kilograms;
    sent(stored.store, "hall-1", goods, [claimNames.receipt(receipt)]);
  }

  #accepted(
    who: ClaimHandlers,
    { order, delivery, quantity, receivable }: ActOf<"accepted">,
  ): void {
    const goods = { lot: this.#lotOf(order, delivery), kilograms: kilograms(quantity) };
    const about = [claimNames.delivery(order, delivery), claimNames.order(order)];
    const owed = receivable === null ? [] : [claimNames.receivable(receivable)];
    this.#tell(
      who.buyer,
      observed("accepting", goods, [this.#day, "08:55:00"], {
        disposition: "sellable_not_accessible",
        ...atPlace(who.buyer, "kitchen-dock"),
        bizTransactionList: [...about, ...owed],
      }),
    );
  }

  #log(receipt: Id): void {
    const stored = this.#storedAs(receipt);
    const { store, loggedFrom } = stored;
    if (stored.kilograms <= 0 || loggedFrom >= this.#day) return;
    stored.loggedFrom = this.#day;
    this.#tell(
      store,
      observed("storing", stored, [this.#day, "08:00:00"], {
        ...atPlace(store, "hall-1"),
        bizTransactionList: [claimNames.receipt(receipt)],
        ...temperatureLog(store, loggedFrom, this.#day),
      }),
    );
  }

  #storedAs(receipt: Id): Stored {
    return known(this.#stored.get(receipt));
  }

  #lotOf(order: Id, delivery: number): string {
    return known(this.#delivered.get(`${order}:${String(delivery)}`));
  }

  #grow(grower: Grower, lot: string, kilograms: number): void {
    const day = this.#day;
    const events = this.papers
      .ofLot(grower, lot, day)
      .then((papers) => grown(grower, lot, kilograms, day, papers));
    this.#tellings.add(grower, events);
  }

  #tell(party: Handler, ...events: readonly JsonObject[]): void {
    this.#tellings.add(party, events);
  }
}

function kilograms(thousandths: bigint): number {
  return Number(thousandths) / 1000;
}

function known<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("Goods move that nobody has told of.");
  return value;
}
