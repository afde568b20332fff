import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Database } from "../../backend/src/database/database.ts";
import { EventRecord } from "../../backend/src/epcis/event-record.ts";
import type { EpcisEvent, JsonObject } from "../../backend/src/proof/event.ts";
import { Namespaces } from "../../backend/src/proof/namespaces.ts";
import { storedEvent } from "../../backend/src/epcis/stored-event.ts";
import { checkEvent } from "../../backend/src/epcis/validator.ts";
import { schema } from "../../backend/src/schema.ts";
import { EventHistory } from "../../backend/src/epcis/event-history.ts";
import { EventLedger } from "../../backend/src/trace/event-ledger.ts";
import { ReceiptTies } from "../../backend/src/trace/receipt-ties.ts";
import type { Trace } from "../../backend/src/trace/trace.ts";
import { TraceStarts } from "../../backend/src/trace/trace-start.ts";
import { TraceService, type TraceOptions } from "../../backend/src/trace/trace.service.ts";
import { ReceiptRow } from "../../backend/src/warehouse/receipt.entity.ts";
import { freshDatabase, type TestDatabase } from "./databases.ts";

const context = [
  "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
  { sheaf: "urn:sheaf:epcis:" },
];

/** A record of events on a database of its own, and what it answers of their lineage. */
export class ToldLedger {
  readonly #record = new EventRecord();
  readonly service: TraceService;

  private constructor(
    readonly database: Database,
    private readonly dataDir: string,
    private readonly place: TestDatabase,
  ) {
    this.service = new TraceService(
      new TraceStarts(database),
      new EventLedger(database, new EventHistory(database)),
      new ReceiptTies(database),
      { find: () => Promise.resolve(undefined), withKey: () => Promise.resolve(undefined) },
    );
  }

  static async open(): Promise<ToldLedger> {
    const place = await freshDatabase();
    const dataDir = await mkdtemp(join(tmpdir(), "sheaf-trace-"));
    const url = place.databaseUrl;
    const database = await Database.open({ ...schema, dataDir, url, durable: false });
    return new ToldLedger(database, dataDir, place);
  }

  /** As capturing does, after it has found the places to be the party's. */
  async tell(party: string, ...events: readonly JsonObject[]): Promise<void> {
    const stored = events.map((event) => {
      const { faults } = checkEvent({ "@context": context, ...event });
      if (faults.length > 0) throw new Error(JSON.stringify(faults));
      return storedEvent(event as EpcisEvent, Namespaces.of(context));
    });
    await this.database.write(async (manager) => {
      const outcomes = await this.#record.add(manager, party, 1_790_000_000_000, stored);
      if (outcomes.includes("conflict")) throw new Error("An id stands for another event.");
    });
  }

  /** As the projector does, of a ticket that was issued. */
  async weighIn(receipt: Partial<ReceiptRow> & Pick<ReceiptRow, "id">): Promise<void> {
    const quantity = receipt.issuedQuantity ?? receipt.quantity ?? 0n;
    const row: ReceiptRow = {
      ...{
        ticket: "T-1",
        parent: null,
        serial: null,
        warehouse: partyId(8),
        depositor: partyId(1),
      },
      ...{ holder: partyId(1), itemCode: "JAPONICA-RICE", unit: "KGM", lot: "A", quantity },
      ...{ issuedQuantity: quantity, weighed: quantity, lost: 0n, liability: 0n, order: null },
      ...{ lossAllowanceBps: 0, openDeliveries: 0, returnedOrder: null, returnedDelivery: null },
      ...{ mergedInto: null, releaseConsent: null, termsRoot: claimId(0), issuedAt: 1_790_000_000 },
      ...{ transaction: claimId(0), block: 1, logIndex: 1 },
      ...receipt,
    };
    await this.database.write(async (manager) => {
      await manager.insert(ReceiptRow, row);
    });
  }

  trace(of: string, options: TraceOptions = { direction: "both" }): Promise<Trace> {
    return this.service.trace(of, options);
  }

  async close(): Promise<void> {
    await this.database.close();
    await this.place.drop();
    await rm(this.dataDir, { recursive: true, force: true });
  }
}

export function partyId(number: number): string {
  return `0x${String(number).padStart(40, "0")}`;
}

export function claimId(number: number): string {
  return `0x${String(number).padStart(64, "0")}`;
}
