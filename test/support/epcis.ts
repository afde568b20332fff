import { Database } from "../../backend/src/database/database.ts";
import type { JsonObject } from "../../backend/src/proof/event.ts";
import { startBackend, type TestBackend } from "./backend.ts";
import { Client, type Answer } from "./client.ts";
import { startLocalChain, type LocalChain } from "./local-chain.ts";

/** What a refusal says here. */
export interface EpcisProblem {
  readonly type: string;
  readonly code: string;
  readonly errors: {
    readonly pointer?: string;
    readonly parameter?: string;
    readonly detail: string;
  }[];
}

interface QueryDocument {
  readonly epcisBody: {
    readonly queryResults: { readonly resultsBody: { readonly eventList: JsonObject[] } };
  };
}

/** A backend with a cooperative, whose places these are, and another party. */
export class EpcisScene {
  private constructor(
    private readonly chain: LocalChain,
    private readonly started: TestBackend,
    readonly operator: Client,
    readonly cooperative: Client,
    readonly other: Client,
  ) {}

  static async open(places: readonly string[]): Promise<EpcisScene> {
    const chain = await startLocalChain();
    const started = await startBackend(chain);
    const anyone = new Client(started.url);
    const operator = await anyone.signedIn("operator");
    const admit = async (name: string): Promise<string> => {
      const roles = ["cooperative", "warehouse"];
      const { body } = await operator.post("/api/v1/parties", { name, roles });
      return String(body["id"]);
    };
    const party = await admit("Cooperative");
    const other = await admit("Other");
    for (const uri of places) {
      const { status } = await operator.put("/api/v1/locations", { uri, party, name: "a place" });
      if (status !== 200) throw new Error(`The place ${uri} is not registered: ${status}`);
    }
    const [signedIn, otherSignedIn] = [await anyone.signedIn(party), await anyone.signedIn(other)];
    return new EpcisScene(chain, started, operator, signedIn, otherSignedIn);
  }

  get database(): Database {
    return this.started.backend.app.get(Database);
  }

  get url(): string {
    return this.started.url;
  }

  capture(
    body: unknown,
    { by = this.cooperative, behaviour = "rollback" } = {},
  ): Promise<Answer<JsonObject & EpcisProblem>> {
    return by.post("/epcis/capture", body, { "gs1-capture-error-behaviour": behaviour });
  }

  /** @param path below `/epcis` */
  async events(path: string): Promise<JsonObject[]> {
    const { status, body } = await this.cooperative.get<QueryDocument>(`/epcis${path}`);
    if (status !== 200) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`);
    return body.epcisBody.queryResults.resultsBody.eventList;
  }

  async close(): Promise<void> {
    await this.started.close();
    await this.chain.close();
  }
}
