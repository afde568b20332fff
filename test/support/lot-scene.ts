import { setTimeout as sleep } from "node:timers/promises";
import type { Config } from "../../backend/src/config/config.ts";
import { Database } from "../../backend/src/database/database.ts";
import { EpcisEventRow, EpcisLinkRow } from "../../backend/src/epcis/epcis.entity.ts";
import type { Story } from "../../backend/src/digital-link/story.ts";
import type { JsonObject } from "../../backend/src/proof/event.ts";
import {
  atPlace,
  eventContext,
  grown,
  observed,
  temperatureLog,
} from "../../scripts/sandbox/season/season-events.ts";
import type { Id } from "../../scripts/api/resources.ts";
import type { LotPapers } from "../../scripts/sandbox/season/season-papers.ts";
import { lotOf, namedPlaces } from "../../scripts/sandbox/season/season-places.ts";
import { startBackend, type TestBackend } from "./backend.ts";
import { Client } from "./client.ts";
import { startLocalChain, type LocalChain } from "./local-chain.ts";

/** Civil day of the harvests, counted from 1970-01-01: 2026-08-12. */
const harvestDay = 20_677;
const patience = 30_000;

export type Teller = "eggs" | "coldStore";

/** A cooperative and a cold store that tell of their lots, and the backend behind the labels. */
export class LotScene {
  private constructor(
    readonly chain: LocalChain,
    private started: TestBackend,
    readonly operator: Client,
    private readonly parties: Readonly<Record<Teller, string>>,
  ) {}

  static async open(changes: Partial<Config> = {}): Promise<LotScene> {
    const chain = await startLocalChain();
    const started = await startBackend(chain, { anchorSeconds: 1, ...changes });
    const operator = await new Client(started.url).signedIn("operator");
    const admit = async (name: string, role: string): Promise<string> =>
      String((await operator.post("/api/v1/parties", { name, roles: [role] })).body["id"]);
    const parties = {
      eggs: await admit("Linxi Egg Cooperative 林溪禽蛋合作社", "cooperative"),
      coldStore: await admit("Nanling Cold Store 南岭冷库", "warehouse"),
    };
    for (const teller of ["eggs", "coldStore"] as const) {
      for (const [uri, place] of namedPlaces(teller)) {
        await operator.put("/api/v1/locations", { uri, party: parties[teller], ...place });
      }
    }
    return new LotScene(chain, started, operator, parties);
  }

  get url(): string {
    return this.started.url;
  }

  get database(): Database {
    return this.started.backend.app.get(Database);
  }

  partyOf(teller: Teller): string {
    return this.parties[teller];
  }

  as(teller: Teller): Promise<Client> {
    return new Client(this.url).signedIn(this.parties[teller]);
  }

  async capture(teller: Teller, ...eventList: readonly JsonObject[]): Promise<void> {
    const { status, body } = await (
      await this.as(teller)
    ).post("/epcis/capture", {
      "@context": eventContext,
      type: "EPCISDocument",
      schemaVersion: "2.0",
      creationDate: "2026-08-31T00:00:00Z",
      epcisBody: { eventList: [...eventList] },
    });
    if (status !== 202) throw new Error(`Not captured: ${status} ${JSON.stringify(body)}`);
  }

  /** Harvested, graded, shipped, received, and stored with a log of its temperature. */
  async tell(name: string): Promise<string> {
    const goods = { lot: lotOf("eggs", name), kilograms: 1000 };
    await this.capture(
      "eggs",
      ...grown("eggs", name, goods.kilograms, harvestDay + 3, await this.#papers(name)),
      observed("shipping", goods, [harvestDay + 3, "06:00:00"], {
        disposition: "in_transit",
        ...atPlace("eggs", "grading-house"),
      }),
    );
    await this.capture(
      "coldStore",
      observed("receiving", goods, [harvestDay + 3, "08:40:00"], {
        disposition: "in_progress",
        ...atPlace("coldStore", "hall-1"),
      }),
      observed("storing", goods, [harvestDay + 13, "08:00:00"], {
        ...atPlace("coldStore", "hall-1"),
        ...temperatureLog("coldStore", harvestDay + 3, harvestDay + 13),
      }),
    );
    return goods.lot;
  }

  async #papers(lot: string): Promise<LotPapers> {
    const client = await this.as("eggs");
    const commit = async (kind: string, shown: object): Promise<Id> => {
      const fields = { ...shown, signedBy: "Xu Fengnian" };
      const { body } = await client.post<{ root: Id }>("/api/v1/documents", { kind, fields });
      const disclosure = { fields: Object.keys(shown), audience: "public" };
      await client.post(`/api/v1/documents/${body.root}/disclosures`, disclosure);
      return body.root;
    };
    return {
      certificate: await commit("certificate", { scheme: "Pollution-free produce" }),
      testResult: await commit("testResult", { lot, salmonella: "not detected in 25 g" }),
    };
  }

  /** @param path of a lot's page */
  async story(path: string): Promise<Story> {
    const { status, body } = await new Client(this.url).send<Story>("GET", path, undefined, {
      accept: "application/json",
    });
    if (status !== 200) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`);
    return body;
  }

  async untilAnchored(path: string): Promise<void> {
    const end = Date.now() + patience;
    while (!(await this.story(path)).events.every(({ anchor }) => anchor !== null)) {
      if (Date.now() > end) throw new Error(`${path} was not anchored in time.`);
      await sleep(100);
    }
  }

  /** Changes what an event of a lot says, behind everybody's back. */
  async tamper(lot: string, change: (body: string) => string): Promise<void> {
    await this.database.write(async (manager) => {
      const links = await manager.findBy(EpcisLinkRow, { uri: lot });
      const rows = await manager.find(EpcisEventRow, {
        where: links.map(({ event }) => ({ id: event })),
      });
      const row = rows.find(({ body }) => change(body) !== body);
      if (row === undefined) throw new Error("No event has that to be changed.");
      await manager.update(EpcisEventRow, { id: row.id }, { body: change(row.body) });
    });
  }

  async restart(changes: Partial<Config>): Promise<void> {
    this.started = await this.started.restart(changes);
  }

  async close(): Promise<void> {
    await this.started.close();
    await this.chain.close();
  }
}
