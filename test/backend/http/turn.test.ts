import { connect, type AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import { fastify, type FastifyInstance } from "fastify";
import { shedLoad } from "../../../backend/src/http/load-shedding.ts";

/** More than the longest turn in which requests are taken on. */
const tooLong = 1100;

function standStill(milliseconds: number): void {
  const until = performance.now() + milliseconds;
  while (performance.now() < until);
}

describe("A server that cannot keep up", function () {
  this.timeout(20_000);
  let server: FastifyInstance;
  let release: () => void;

  beforeEach(async () => {
    server = fastify();
    shedLoad(server, { mostDelay: 1000, reads: 2, changes: 2, isFull: () => false });
    const held = new Promise<void>((resolve) => (release = resolve));
    server.get("/api/v1/orders", () => "read");
    server.get("/api/v1/parties", () => held.then(() => "read late"));
    server.get("/api/v1/events", { config: { openEnded: true } }, () => held.then(() => "heard"));
    server.get("/health/ready", () => "ready");
    server.post("/api/v1/orders", () => held.then(() => "changed"));
    await server.listen({ port: 0, host: "127.0.0.1" });
    await sleep(50);
  });

  afterEach(() => server.close());

  const url = (path: string): string => server.listeningOrigin + path;
  const change = (): Promise<Response> => fetch(url("/api/v1/orders"), { method: "POST" });

  it("refuses what comes late in a turn of its event loop, but for those who watch it", async () => {
    standStill(tooLong);
    const late = [server.inject("/api/v1/orders"), server.inject("/health/ready")];
    const [refused, watched] = await Promise.all(late);
    expect(refused!.statusCode).to.equal(503);
    expect(refused!.headers["retry-after"]).to.equal("1");
    expect(refused!.json<{ code: string }>().code).to.equal("Overloaded");
    expect(watched!.statusCode).to.equal(200);
  });

  it("takes on in the next turn what came while it stood still", async () => {
    const asked = fetch(url("/api/v1/orders"));
    const standing = Promise.resolve().then(() => {
      standStill(tooLong);
    });
    expect((await asked).status).to.equal(200);
    await standing;
    expect((await server.inject("/api/v1/orders")).statusCode).to.equal(200);
  });

  it("takes on no more changes at once than it may, and others when these are answered", async () => {
    const first = [change(), change()];
    while ((await connections(server)) < 2) await sleep(5);
    await sleep(50);
    const third = await change();
    expect(third.status).to.equal(503);
    expect((await server.inject("/api/v1/orders")).statusCode).to.equal(200);
    release();
    const answers = await Promise.all(first);
    expect(answers.map(({ status }) => status)).to.deep.equal([200, 200]);
    expect((await change()).status).to.equal(200);
  });

  it("takes on no more reads at once than it may, whoever goes away, and watchers and listeners beside them", async () => {
    const listeners = [1, 2, 3].map(() => server.inject("/api/v1/events"));
    const gone = new AbortController();
    const leaving = fetch(url("/api/v1/parties"), { signal: gone.signal }).catch(() => undefined);
    const waiting = fetch(url("/api/v1/parties"));
    while ((await connections(server)) < 2) await sleep(5);
    await sleep(50);
    gone.abort();
    await leaving;
    await sleep(50);
    const refused = await server.inject("/api/v1/orders");
    expect(refused.statusCode).to.equal(503);
    expect(refused.headers["retry-after"]).to.equal("1");
    expect((await server.inject("/health/ready")).statusCode).to.equal(200);
    release();
    expect((await waiting).status).to.equal(200);
    for (const heard of await Promise.all(listeners)) expect(heard.statusCode).to.equal(200);
    expect((await server.inject("/api/v1/orders")).statusCode).to.equal(200);
  });

  it("takes on others in the place of several on one connection that has gone", async () => {
    const { port } = server.server.address() as AddressInfo;
    const connection = connect(port, "127.0.0.1");
    const head = "POST /api/v1/orders HTTP/1.1\r\nhost: here\r\ncontent-length: 0\r\n\r\n";
    connection.write(head.repeat(2));
    await sleep(100);
    expect((await change()).status).to.equal(503);
    connection.destroy();
    await sleep(100);
    const taken = change();
    release();
    expect((await taken).status).to.equal(200);
  });

  it("takes on others in the place of those whose callers have gone", async () => {
    const gone = new AbortController();
    const leaving = [1, 2].map(() =>
      fetch(url("/api/v1/orders"), { method: "POST", signal: gone.signal }).catch(() => undefined),
    );
    while ((await connections(server)) < 2) await sleep(5);
    await sleep(50);
    expect((await change()).status).to.equal(503);
    gone.abort();
    await Promise.all(leaving);
    await sleep(50);
    const taken = change();
    release();
    expect((await taken).status).to.equal(200);
  });
});

function connections(server: FastifyInstance): Promise<number> {
  return new Promise((resolve, reject) => {
    server.server.getConnections((error, count) => {
      if (error === null) resolve(count);
      else reject(error);
    });
  });
}
