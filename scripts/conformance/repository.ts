import { randomUUID } from "node:crypto";
import { eventObjectsOf } from "../../backend/src/epcis/document.ts";
import { isObject, written, type JsonObject } from "../../backend/src/proof/event.ts";

/** A refusal, with what the answer says is wrong. */
export class Refused extends Error {
  constructor(
    status: number,
    readonly problem: JsonObject,
  ) {
    const errors = Array.isArray(problem["errors"]) ? (problem["errors"] as JsonObject[]) : [];
    const faults = errors.map(
      ({ pointer, parameter, detail }) => `${written(pointer ?? parameter)} ${written(detail)}`,
    );
    const what = faults.length > 0 ? faults.join("; ") : written(problem["detail"]);
    super(`refused with ${status}: ${what}`);
    this.name = "Refused";
  }
}

const timeLimit = 30_000;

/** The events interface of a running sandbox, over HTTP. */
export class Repository {
  readonly #tokens = new Map<string, string>();

  constructor(private readonly url: string) {}

  /** A party of its own that says the places in a document are its own. */
  async party(name: string, places: readonly string[]): Promise<string> {
    const admitted = await this.#send("operator", "POST", "/api/v1/parties", {
      name,
      roles: ["cooperative"],
    });
    const party = written(admitted["id"]);
    for (const uri of places) {
      await this.#send("operator", "PUT", "/api/v1/locations", { uri, party, name: "sample" });
    }
    return party;
  }

  /** @throws Refused */
  async capture(party: string, document: JsonObject): Promise<void> {
    const isDocument = isObject(document["epcisBody"]);
    const path = isDocument ? "/epcis/capture" : "/epcis/events";
    const job = await this.#send(party, "POST", path, document);
    if (isDocument && job["success"] !== true) throw new Refused(202, job);
  }

  /** @throws Refused where there is none */
  async byId(party: string, id: string): Promise<{ context: JsonObject; events: JsonObject[] }> {
    const found = await this.#send(party, "GET", `/epcis/events/${encodeURIComponent(id)}`);
    return { context: found, events: eventObjectsOf(found) };
  }

  async #send(party: string, method: string, path: string, body?: JsonObject): Promise<JsonObject> {
    const token = this.#tokens.get(party) ?? (await this.#signIn(party));
    const response = await this.#fetch(method, path, body, { authorization: `Bearer ${token}` });
    const answer = (await response.json()) as JsonObject;
    if (response.ok) return answer;
    throw new Refused(response.status, answer);
  }

  async #signIn(party: string): Promise<string> {
    const response = await this.#fetch("POST", "/api/v1/auth/sandbox", { party });
    const { accessToken } = (await response.json()) as { accessToken: string };
    this.#tokens.set(party, accessToken);
    return accessToken;
  }

  #fetch(
    method: string,
    path: string,
    body?: JsonObject,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    return fetch(this.url + path, {
      method,
      headers: {
        "content-type": "application/json",
        "idempotency-key": randomUUID(),
        prefer: "wait=20",
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(timeLimit),
    });
  }
}
