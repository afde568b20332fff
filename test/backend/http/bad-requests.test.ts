import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect } from "chai";
import { describeApi } from "../../../backend/src/app.ts";
import { CommandRow } from "../../../backend/src/command/command.entity.ts";
import { Database } from "../../../backend/src/database/database.ts";
import { isKnownProblem } from "../../../backend/src/http/problem-catalogue.ts";
import { faultOfText } from "../../../backend/src/http/text.ts";
import { schema } from "../../../backend/src/schema.ts";
import { Seeded } from "../../../scripts/random/seeded.ts";
import { broken } from "../../support/bad-requests/broken.ts";
import { exampleOf } from "../../support/bad-requests/example.ts";
import { Operations, type Operation } from "../../support/bad-requests/operation.ts";
import {
  type BadRequest,
  BadRequests,
  nameOf,
  targetOf,
} from "../../support/bad-requests/requests.ts";
import { Sender, type Reply } from "../../support/bad-requests/sending.ts";
import { stageTrade, type TradeStage } from "../../support/trade-stage.ts";

const seed = Number(process.env["SEED"] ?? 20_260_901);
const count = Number(process.env["COUNT"] ?? 5_500);
const atOnce = 16;
/** Bytes that may be held more after all of them: caches that fill, and nothing that grows with each request. */
const mostGrowth = 24 * 1024 * 1024;
/** Where it is put on record that somebody has asked, and what a nonce that was asked for in form leaves. */
const mayGrow: readonly string[] = ["commands", "audit_entries", "sign_in_nonces"];
/** Whoever watches whether we live may ask as they like, and OPTIONS tells everybody the same. */
const isWatched = ({ method, path }: Operation): boolean =>
  /^\/(api|epcis)(\/|$)/.test(path) && method !== "OPTIONS";

describe("Bad requests", function () {
  this.timeout(240_000);
  let stage: TradeStage;
  let operations: Operations;
  let sender: Sender;
  let generated: BadRequests;
  let routes: readonly Operation[];

  before(async () => {
    stage = await stageTrade();
    const { trade } = stage;
    operations = new Operations(JSON.parse(JSON.stringify(await describeApi())) as object);
    routes = operations.all.filter(isWatched);
    sender = new Sender(trade.started.url);
    const parties = [
      "operator",
      ...[trade.buyer, trade.cooperative, trade.warehouse, trade.lender, trade.arbiter].map(
        ({ id }) => id,
      ),
    ];
    const tokens = await Promise.all(parties.map((party) => tokenOf(party)));
    const letIn = new Map<string, readonly string[]>();
    for (const operation of routes)
      letIn.set(nameOf(operation), await thoseLetIn(operation, tokens));
    generated = new BadRequests(new Seeded(seed), operations, {
      callers: (operation) => letIn.get(nameOf(operation)) ?? [],
      ids: {
        "/api/v1/orders": stage.order,
        "/api/v1/loans": stage.order,
        "/api/v1/receipts": stage.receipt,
        "/api/v1/receivables": stage.receivable,
        "/api/v1/facilities": stage.facility,
        "/api/v1/provenance": stage.order,
        "/api/v1/liens": stage.order,
        "/api/v1/parties": trade.buyer.id,
        "/api/v1/commands": stage.command,
      },
      spoilt: {
        "POST /api/v1/parties": { key: trade.buyer.id },
        "POST /api/v1/consents/permit": { currency: "NONE" },
        "POST /api/v1/consents/revocation": { nonce: "9".repeat(78) },
        "POST /api/v1/orders/{id}/deliveries/release": { number: 0 },
        "POST /api/v1/origination/pause": { paused: "perhaps" },
        "POST /api/v1/origination/retirement": { deployment: trade.buyer.id },
        "POST /api/v1/parties/{id}/deposits": { amount: "0" },
        "POST /api/v1/api-keys": { expiresAt: "2000-01-01T00:00:00Z" },
        "PUT /api/v1/organisation/people/{id}": { rank: "owner" },
      },
      unrefused: ["POST /api/v1/auth/nonce", "POST /api/v1/auth/sign-out"],
      harmless: {
        // Of a token that nobody has been given, nothing is said.
        "POST /api/v1/auth/sign-out": { refreshToken: isText },
        // There is no limit before either.
        "PUT /api/v1/organisation/limits": { items: (json) => json === "[]" },
      },
    });
  });

  after(async () => {
    sender.close();
    await stage.trade.close();
  });

  it(`are refused in words, and change nothing: ${count} of seed ${seed}`, async () => {
    const before = await rowCounts();
    const tally = new Map<string, number>();
    const faults: string[] = [];
    const warm = Math.ceil(count / 5);
    await play(warm, tally, faults);
    const [heapBefore, rssBefore] = memory();
    await play(count - warm, tally, faults);
    const [heapAfter, rssAfter] = memory();
    const answers = [...tally].map(([status, times]) => `${status} ${times}`).join(", ");
    process.stdout.write(
      `      ${routes.length} operations; heap ${megabytes(heapBefore)} → ${megabytes(heapAfter)} MB, ` +
        `RSS ${megabytes(rssBefore)} → ${megabytes(rssAfter)} MB; answers ${answers}\n`,
    );
    expect(faults.slice(0, 20), `of seed ${seed}: ${faults.length}`).to.deep.equal([]);
    expect(heapAfter - heapBefore).to.be.lessThan(mostGrowth);
    expect(await rowCounts()).to.deep.equal(before);
    expect(await database().read.countBy(CommandRow, { state: "Queued" })).to.equal(0);
  });

  it("that break off, or are no requests, are answered, or their connection ends", async () => {
    const before = await rowCounts();
    for (const [what, bytes] of Object.entries(broken)) {
      const reply = await sender.speak(bytes);
      const fault = faultOf(reply);
      // Who closes in the middle of what it says need not be told.
      const isOver = reply.status === 0 && what.includes("broken off");
      expect(isOver ? undefined : fault, what).to.equal(undefined);
      await sender.speak(bytes, { gone: true });
    }
    expect(await rowCounts()).to.deep.equal(before);
    expect((await stage.trade.anyone.get("/health/live")).status).to.equal(200);
  });

  async function play(times: number, tally: Map<string, number>, faults: string[]): Promise<void> {
    let left = times;
    const one = async (): Promise<void> => {
      while (left > 0) {
        left -= 1;
        const bad = generated.next(routes[left % routes.length]!);
        const reply = await sender.send(bad).catch((error: unknown) => String(error));
        const fault = typeof reply === "string" ? reply : faultOf(reply, bad);
        if (fault !== undefined) faults.push(`${bad.method} ${bad.target} (${bad.what}): ${fault}`);
        const key = typeof reply === "string" ? "none" : String(reply.status);
        tally.set(key, (tally.get(key) ?? 0) + 1);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, one));
  }

  async function tokenOf(party: string): Promise<string> {
    const { body } = await stage.trade.anyone.post("/api/v1/auth/sandbox", { party });
    return `Bearer ${String(body["accessToken"])}`;
  }

  /** Those whom the guards let pass; nobody's, where anyone may. */
  async function thoseLetIn(to: Operation, tokens: readonly string[]): Promise<string[]> {
    const passes = async (authorization?: string): Promise<boolean> => {
      const { status } = await sender.send({
        what: "",
        operation: nameOf(to),
        method: to.method,
        target: `${targetOf(to)}?no=1`,
        headers: {
          ...(authorization !== undefined && { authorization }),
          "content-type": "application/json",
        },
        ...(to.body !== undefined && { body: JSON.stringify(exampleOf(operations, to.body)) }),
        mayPass: false,
      });
      return status !== 401 && status !== 403;
    };
    if (await passes()) return [];
    const admitted = await Promise.all(
      tokens.map(async (token) => ((await passes(token)) ? [token] : [])),
    );
    return admitted.flat();
  }

  function database(): Database {
    return stage.trade.started.backend.app.get(Database);
  }

  async function rowCounts(): Promise<Record<string, number>> {
    const { read } = database();
    const counts: Record<string, number> = {};
    for (const entity of schema.entities) {
      const { tableName } = read.dataSource.getMetadata(entity);
      if (!mayGrow.includes(tableName)) counts[tableName] = await read.count(entity);
    }
    return counts;
  }
});

/** What is wrong with an answer to a bad request. */
function faultOf({ status, contentType, body }: Reply, bad?: BadRequest): string | undefined {
  const shown = `${status} ${contentType} ${body.slice(0, 300)}`;
  if (status < 400 && bad?.mayPass === true) {
    const { taken = 0 } = contentType.includes("json")
      ? (JSON.parse(body) as { taken?: number })
      : {};
    return taken === 0 ? undefined : shown;
  }
  if (status < 400 || status >= 500 || !contentType.startsWith("application/problem+json"))
    return shown;
  const { code, detail } = JSON.parse(body) as { readonly code: string; readonly detail: string };
  return isKnownProblem(code) && !/\{\w+\}/.test(detail) ? undefined : shown;
}

/** A text as the API takes them. */
function isText(json: string): boolean {
  const value = JSON.parse(json) as unknown;
  return (
    typeof value === "string" && Array.from(value).length <= 100 && faultOfText(value) === undefined
  );
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 2 ** 20);
}

/** Bytes in use on the heap, and of the process. */
function memory(): [heap: number, process: number] {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
  const { heapUsed, rss } = process.memoryUsage();
  return [heapUsed, rss];
}
