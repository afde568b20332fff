import type { Actor } from "../auth/actor.ts";
import type { DirectoryEntry, PartyDirectory } from "../auth/party-directory.ts";
import { addressOf } from "../chain/hex.ts";
import type { Database } from "../database/database.ts";
import type { Fault } from "../http/bad-input.ts";
import { PartyRow } from "../party/party.entity.ts";
import type { OrderSource } from "./order-source.ts";

interface Resolved {
  readonly found: { readonly seller?: string; readonly arbiter?: string };
  readonly faults: readonly Fault[];
}

/** Parties as a batch of orders names them: by id or by name. Each is looked up once. */
export class PartyBook {
  readonly #entries = new Map<string, Promise<DirectoryEntry | undefined>>();
  #byName: Promise<ReadonlyMap<string, readonly string[]>> | undefined;

  constructor(
    private readonly database: Database,
    private readonly parties: PartyDirectory,
  ) {}

  find(id: string): Promise<DirectoryEntry | undefined> {
    let entry = this.#entries.get(id);
    if (entry === undefined) {
      entry = this.parties.find(id);
      this.#entries.set(id, entry);
    }
    return entry;
  }

  /**
   * Who the parties of an order from a file are. A document's own names come first, the request's seller where none of
   * them is known; a cell of a table is taken at its word.
   */
  async resolve(
    by: Actor,
    source: OrderSource,
    fields: Readonly<Record<string, unknown>>,
    usualSeller: string | undefined,
  ): Promise<Resolved> {
    const faults: Fault[] = [];
    const found: { seller?: string; arbiter?: string } = {};
    for (const role of ["seller", "arbiter"] as const) {
      const cell = fields[role];
      if (source.line === undefined || typeof cell !== "string") continue;
      const ids = await this.#known([cell]);
      if (ids.length > 1) faults.push({ pointer: `/${role}`, detail: severalCalled(cell) });
      const [id] = ids;
      if (id !== undefined) found[role] = id;
      else if (addressOf(cell) === undefined) {
        faults.push({ pointer: `/${role}`, detail: `no party is called ${cell}` });
      }
    }
    if (fields["seller"] === undefined) {
      const seller = await this.#sellerNamed(source.named.seller, usualSeller, faults);
      if (seller !== undefined) found.seller = seller;
    }
    const buyers = await this.#known(source.named.buyer);
    if (buyers.length > 0 && !buyers.includes(by.id)) {
      const [name] = source.named.buyer;
      faults.push({ pointer: "/buyer", detail: `the document is an order of ${name ?? ""}` });
    }
    return { found, faults };
  }

  async #sellerNamed(
    names: readonly string[],
    usual: string | undefined,
    faults: Fault[],
  ): Promise<string | undefined> {
    const ids = await this.#known(names);
    const pointer = "/seller";
    if (ids.length > 1) faults.push({ pointer, detail: severalCalled(names.join(", ")) });
    if (ids.length > 0) return ids[0];
    if (usual === undefined && names.length > 0) {
      const detail = `none of ${names.join(", ")} is known here; the parameter seller can say who it is`;
      faults.push({ pointer, detail });
    }
    return usual;
  }

  /** Ids are surer than names: who an id means is who is meant. */
  async #known(names: readonly string[]): Promise<readonly string[]> {
    for (const name of names) {
      const address = addressOf(name);
      if (address !== undefined && (await this.find(address)) !== undefined) return [address];
    }
    const byName = await (this.#byName ??= this.#readNames());
    return [...new Set(names.flatMap((name) => byName.get(folded(name)) ?? []))];
  }

  async #readNames(): Promise<ReadonlyMap<string, readonly string[]>> {
    const rows = await this.database.read.find(PartyRow, { select: { id: true, name: true } });
    const grouped = Map.groupBy(rows, ({ name }) => folded(name));
    return new Map([...grouped].map(([name, parties]) => [name, parties.map(({ id }) => id)]));
  }
}

function folded(name: string): string {
  return name.normalize("NFKC").trim().toLowerCase();
}

function severalCalled(name: string): string {
  return `several parties are called ${name}: give the id`;
}
