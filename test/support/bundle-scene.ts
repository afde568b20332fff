import { setTimeout as sleep } from "node:timers/promises";
import type { Config } from "../../backend/src/config/config.ts";
import type { Bundle } from "../../backend/src/proof/bundle.ts";
import type { JsonObject } from "../../backend/src/proof/event.ts";
import type { TestBackend } from "./backend.ts";
import { Client } from "./client.ts";
import { drawDown, openFacility, orderBody } from "./trade-acts.ts";
import { made, startTrade, type Partner, type Trade } from "./trade.ts";

export const lot = "https://green-valley.example/lots/R-1";
export const otherLot = "https://green-valley.example/lots/R-2";
const field = "https://green-valley.example/places/paddy-3";
const store = "https://dry-store.example/places/hall-1";

const patience = 20_000;

/** A lot of rice from the field into the store, under a lien, with papers: a history to make bundles of. */
export class BundleScene {
  #started: TestBackend;

  private constructor(
    readonly trade: Trade,
    readonly order: string,
    readonly receipt: string,
    /** Roots of the order's terms, the weigh ticket and the certificate. */
    readonly documents: Readonly<Record<"terms" | "ticket" | "certificate", string>>,
  ) {
    this.#started = trade.started;
  }

  static async open(changes: Partial<Config> = {}): Promise<BundleScene> {
    const trade = await startTrade({ anchorSeconds: 1, ...changes });
    const { buyer, cooperative, warehouse, operator } = trade;
    for (const [party, uri] of [
      [cooperative, field],
      [warehouse, store],
    ] as const) {
      made(await operator.put("/api/v1/locations", { uri, party: party.id, name: "a place" }));
    }
    const terms = await committed(buyer, "order", { penaltyPerDay: "0.05", contact: "Zhang Min" }, [
      "penaltyPerDay",
    ]);
    const ticket = await committed(warehouse, "receipt", { grade: "1", weigher: "Li Qiang" }, [
      "grade",
    ]);
    const certificate = await committed(
      cooperative,
      "certificate",
      { scheme: "Green Food", number: "LB-01-2026", auditor: "Wu Fang" },
      ["scheme", "number"],
    );
    const order = made(await buyer.post("/api/v1/orders", orderBody(trade, { termsRoot: terms })));
    const id = String(order["id"]);
    made(await cooperative.post(`/api/v1/orders/${id}/acceptance`));
    const facility = await openFacility(trade);
    made(await drawDown(trade, facility, id, "1000.00"));
    const receipt = made(
      await warehouse.post("/api/v1/receipts", {
        ticket: "WT-1",
        depositor: cooperative.id,
        itemCode: "RICE-5",
        unit: "KGM",
        lot: "R-1",
        quantity: "500",
        lossAllowanceBps: 50,
        termsRoot: ticket,
      }),
    );
    made(
      await cooperative.post(`/api/v1/receipts/${String(receipt["id"])}/earmark`, { order: id }),
    );
    const documents = { terms, ticket, certificate };
    const scene = new BundleScene(trade, id, String(receipt["id"]), documents);
    await scene.#tell();
    return scene;
  }

  /** Harvests of this lot and of another one, a weighing that was wrong, and how it came into the store. */
  async #tell(): Promise<void> {
    const { cooperative, warehouse } = this.trade;
    const paper = {
      type: "cert",
      bizTransaction: `urn:sheaf:document:${this.documents.certificate}`,
    };
    await capture(
      cooperative,
      commissioned(otherLot, "07:00"),
      commissioned(lot, "07:30", { bizTransactionList: [paper] }),
      commissioned(otherLot, "08:00"),
      observed("packing", "09:00", field, {
        disposition: "in_progress",
        eventID: "urn:uuid:11111111-1111-4111-8111-111111111111",
      }),
    );
    await capture(
      cooperative,
      observed("packing", "09:00", field, {
        disposition: "in_progress",
        eventID: "urn:uuid:11111111-1111-4111-8111-111111111111",
        errorDeclaration: { declarationTime: "2026-09-01T02:00:00Z", reason: "incorrect_data" },
      }),
    );
    const claims = [
      { type: "recadv", bizTransaction: `urn:sheaf:receipt:${this.receipt}` },
      { type: "po", bizTransaction: `urn:sheaf:order:${this.order}` },
    ];
    await capture(warehouse, observed("receiving", "10:30", store, { bizTransactionList: claims }));
  }

  /** The bundle's file. @param by the cooperative, where nothing is said */
  async file(of = lot, by: Partner = this.trade.cooperative, query = ""): Promise<Uint8Array> {
    const response = await this.#ask(by, `of=${encodeURIComponent(of)}${query}`);
    if (response.status !== 200) throw new Error(`${response.status}: ${await response.text()}`);
    return new Uint8Array(await response.arrayBuffer());
  }

  /** Once all that was captured is on chain. */
  async anchoredFile(of = lot, by?: Partner, query?: string): Promise<Uint8Array> {
    const end = Date.now() + patience;
    for (;;) {
      const file = await this.file(of, by, query);
      if (parsed(file).events.every(({ anchor }) => anchor !== null)) return file;
      if (Date.now() > end) throw new Error("The events are not anchored.");
      await sleep(100);
    }
  }

  /** With another configuration, on the same data. */
  async restart(changes: Partial<Config>): Promise<void> {
    this.#started = await this.#started.restart(changes);
  }

  async close(): Promise<void> {
    await this.#started.close();
    await this.trade.chain.close();
  }

  /** Byte for byte, which the client of other tests does not keep. */
  async #ask(by: Partner, query: string): Promise<Response> {
    const { url } = this.#started;
    const { accessToken } = made(
      await new Client(url).post<{ accessToken: string }>("/api/v1/auth/sandbox", { party: by.id }),
    );
    return fetch(`${url}/api/v1/bundles?${query}`, {
      headers: { authorization: `Bearer ${accessToken}` },
    });
  }
}

export function parsed(file: Uint8Array): Bundle {
  return JSON.parse(new TextDecoder().decode(file)) as Bundle;
}

async function committed(
  by: Partner,
  kind: string,
  fields: Readonly<Record<string, string>>,
  shown: readonly string[],
): Promise<string> {
  const { root } = made(await by.post("/api/v1/documents", { kind, fields }));
  const path = `/api/v1/documents/${String(root)}/disclosures`;
  made(await by.post(path, { fields: shown, audience: "public" }));
  return String(root);
}

async function capture(by: Partner, ...eventList: readonly JsonObject[]): Promise<void> {
  const answer = await by.post("/epcis/capture", {
    "@context": ["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"],
    type: "EPCISDocument",
    schemaVersion: "2.0",
    creationDate: "2026-09-01T00:00:00Z",
    epcisBody: { eventList },
  });
  if (answer.body["success"] !== true) throw new Error(JSON.stringify(answer.body));
}

function commissioned(of: string, time: string, more: JsonObject = {}): JsonObject {
  return {
    ...event(of, time),
    action: "ADD",
    bizStep: "commissioning",
    disposition: "active",
    readPoint: { id: field },
    ...more,
  };
}

function observed(bizStep: string, time: string, place: string, more: JsonObject): JsonObject {
  return { ...event(lot, time), action: "OBSERVE", bizStep, readPoint: { id: place }, ...more };
}

function event(of: string, time: string): JsonObject {
  return {
    type: "ObjectEvent",
    eventTime: `2026-08-30T${time}:00+08:00`,
    eventTimeZoneOffset: "+08:00",
    quantityList: [{ epcClass: of, quantity: 500, uom: "KGM" }],
  };
}
