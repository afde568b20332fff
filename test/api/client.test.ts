import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { expect } from "chai";
import { Actor } from "../../scripts/api/actor.ts";
import { ApiProblem, ApiUnreachable } from "../../scripts/api/api-problem.ts";
import { Reader } from "../../scripts/api/reader.ts";
import { SandboxClient, type Identity } from "../../scripts/api/sandbox-client.ts";

interface Seen {
  readonly request: string;
  readonly token: string | undefined;
  readonly key: string | undefined;
  readonly body: unknown;
}

type Answer = (seen: Seen, count: number) => readonly [status: number, body: unknown] | "hang up";

const party: Identity = "0x00000000000000000000000000000000000000aa";
const order = `0x${"11".repeat(32)}` as const;
const inAnHour = (): string => new Date(Date.now() + 3_600_000).toISOString();

describe("The API's client", () => {
  let server: Server;
  let url: string;
  let seen: Seen[];
  let answer: Answer;
  let signIns: number;
  let expiresAt: () => string;

  before(async () => {
    server = createServer((request, response) => void respond(request, response)).listen(
      0,
      "127.0.0.1",
    );
    await once(server, "listening");
    url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  });

  after(() => {
    server.closeAllConnections();
    server.close();
  });

  beforeEach(() => {
    seen = [];
    signIns = 0;
    expiresAt = inAnHour;
    answer = () => [200, {}];
  });

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body: unknown = chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString()) : null;
    const path = (request.url ?? "").replace("/api/v1", "");
    if (path === "/auth/sandbox") {
      signIns += 1;
      response.end(JSON.stringify({ accessToken: `t${String(signIns)}`, expiresAt: expiresAt() }));
      return;
    }
    const one: Seen = {
      request: `${request.method ?? ""} ${path}`,
      token: request.headers.authorization,
      key: request.headers["idempotency-key"] as string | undefined,
      body,
    };
    seen.push(one);
    const given = answer(one, seen.length);
    if (given === "hang up") {
      request.socket.destroy();
      return;
    }
    response.statusCode = given[0];
    response.end(typeof given[1] === "string" ? given[1] : JSON.stringify(given[1]));
  }

  it("signs a party in once and sends money as decimal text", async () => {
    const seller = new Actor(new SandboxClient(url).as(party));
    await seller.drawDown(order, order, 7_800_000n, 3);
    await seller.acceptDelivery(order, 2, 12_000_500n);
    expect(signIns).to.equal(1);
    expect(seen.map(({ token }) => token)).to.deep.equal(["Bearer t1", "Bearer t1"]);
    expect(seen[0]!.body).to.deep.equal({ order, amount: "78000.00", revision: 3 });
    expect(seen[1]!.request).to.equal(`POST /orders/${order}/deliveries/2/acceptance`);
    expect(seen[1]!.body).to.deep.equal({ quantity: "12000.500" });
  });

  it("names every command anew", async () => {
    const seller = new Actor(new SandboxClient(url).as(party));
    await seller.acceptOrder(order);
    await seller.acceptOrder(order);
    expect(new Set(seen.map(({ key }) => key)).size).to.equal(2);
  });

  it("signs in again when a token is about to expire, and when one is refused", async () => {
    expiresAt = () => new Date(Date.now() + 1000).toISOString();
    const seller = new Actor(new SandboxClient(url).as(party));
    await seller.acceptOrder(order);
    expiresAt = inAnHour;
    await seller.acceptOrder(order);
    expect(signIns).to.equal(2);
    answer = (_, count) => (count === 3 ? [401, { code: "Unauthorised" }] : [200, {}]);
    await seller.acceptOrder(order);
    expect(signIns).to.equal(3);
    expect(seen[3]!.key).to.equal(seen[2]!.key);
  });

  it("tells a refusal by the domain's name, with every fault", async () => {
    const body = {
      code: "BorrowingBaseExceeded",
      detail: "asked 2.00, room 1.00",
      errors: [{ pointer: "/amount", detail: "too much" }],
    };
    answer = () => [409, body];
    const problem = await failure(new Actor(new SandboxClient(url).as(party)).collect(order));
    expect(problem).to.be.instanceOf(ApiProblem);
    expect(problem).to.include({ code: "BorrowingBaseExceeded", status: 409 });
    expect(problem.message).to.contain(`POST /receivables/${order}/collection`);
    expect(problem.message).to.contain("asked 2.00, room 1.00; /amount too much");
  });

  it("takes an answer that is not JSON for a refusal", async () => {
    answer = () => [502, "<html>Bad gateway</html>"];
    const problem = await failure(new Reader(new SandboxClient(url).as("anyone")).order(order));
    expect(problem).to.be.instanceOf(ApiProblem);
    expect(problem.message).to.contain("Http502");
  });

  it("sends the same command again, under the same name, until its effect is there", async () => {
    answer = (_, count) => (count < 3 ? [202, { command: "c" }] : [200, { status: "Accepted" }]);
    const accepted = await new Actor(new SandboxClient(url).as(party)).acceptOrder(order);
    expect(accepted.status).to.equal("Accepted");
    expect(seen).to.have.length(3);
    expect(new Set(seen.map(({ key }) => key)).size).to.equal(1);
  });

  it("survives a connection that is closed under it", async () => {
    answer = (_, count) => (count === 1 ? "hang up" : [200, {}]);
    await new Actor(new SandboxClient(url).as(party)).acceptOrder(order);
    expect(new Set(seen.map(({ key }) => key)).size).to.equal(1);
  });

  it("gives up in time, and says where nobody answers", async () => {
    answer = () => [202, {}];
    const slow = new SandboxClient(url, { timeLimit: 300 });
    const late = await failure(new Actor(slow.as(party)).acceptOrder(order));
    expect(late).to.be.instanceOf(ApiUnreachable);
    const nobody = new SandboxClient("http://127.0.0.1:9", { timeLimit: 2000 });
    const absent = await failure(new Reader(nobody.as("anyone")).parties());
    expect(absent.message).to.match(/^No Sheaf answers at http:\/\/127\.0\.0\.1:9: /);
  });
});

async function failure(work: Promise<unknown>): Promise<Error> {
  try {
    await work;
  } catch (error) {
    return error as Error;
  }
  throw new Error("It was expected to fail.");
}
