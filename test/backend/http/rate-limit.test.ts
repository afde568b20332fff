import { request as ask } from "node:http";
import { expect } from "chai";
import { networkOf } from "../../../backend/src/auth/address-rates.ts";
import type { Config } from "../../../backend/src/config/config.ts";
import { RateLimiter } from "../../../backend/src/http/rate-limiter.ts";
import { startBackend, type TestBackend } from "../../support/backend.ts";
import { Client } from "../../support/client.ts";
import { startLocalChain, type LocalChain } from "../../support/local-chain.ts";

describe("A limit of rate", () => {
  it("lets a minute's requests through at once, and then as many as time brings", () => {
    let now = 0;
    const limiter = new RateLimiter(() => now);
    const take = (cost = 1): number => limiter.take("a", 60, cost);
    for (let count = 0; count < 60; count += 1) expect(take()).to.equal(0);
    expect(take()).to.equal(1);
    now += 1000;
    expect(take()).to.equal(0);
    expect(take()).to.equal(1);
    expect(limiter.take("b", 60)).to.equal(0);
    now += 3_600_000;
    expect(take(60)).to.equal(0);
    expect(take()).to.equal(1);
  });

  it("has an expensive request paid off, and refuses none for ever", () => {
    let now = 0;
    const limiter = new RateLimiter(() => now);
    expect(limiter.take("a", 6, 20)).to.equal(0);
    const wait = limiter.take("a", 6, 20);
    expect(wait).to.equal(150);
    now += wait * 1000;
    expect(limiter.take("a", 6, 20)).to.equal(0);
  });

  it("is none where it is 0", () => {
    const limiter = new RateLimiter(() => 0);
    for (let count = 0; count < 10_000; count += 1) expect(limiter.take("a", 0)).to.equal(0);
  });

  it("counts an IPv6 subscriber's addresses as one, however they are written", () => {
    expect(networkOf("192.0.2.7")).to.equal("192.0.2.7");
    expect(networkOf("::ffff:192.0.2.7")).to.equal("192.0.2.7");
    expect(networkOf("2001:db8::1")).to.equal("2001:db8:0:0");
    expect(networkOf("2001:DB8:0:0:a:b:c:d")).to.equal("2001:db8:0:0");
    expect(networkOf("2001:db8:0:1::")).to.equal("2001:db8:0:1");
    expect(networkOf("::1")).to.equal("0:0:0:0");
  });
});

describe("A backend with limits of rate", function () {
  this.timeout(60_000);
  let chain: LocalChain;
  let started: TestBackend;

  before(async () => {
    chain = await startLocalChain();
  });

  after(() => chain.close());
  afterEach(() => started.close());

  const start = async (changes: Partial<Config>): Promise<void> => {
    started = await startBackend(chain, changes);
  };
  const rates = (changes: Partial<Config["rates"]>): Partial<Config> => ({
    rates: { address: 0, caller: 0, signIn: 0, ...changes },
  });

  it("says when to come back, to an address", async () => {
    await start(rates({ address: 5 }));
    const anyone = new Client(started.url);
    const answers = [];
    for (let count = 0; count < 7; count += 1) answers.push(await anyone.get("/api/v1/liens"));
    expect(answers.slice(0, 5).map(({ status }) => status)).not.to.include(429);
    const last = answers.at(-1)!;
    expect([last.status, last.body["code"]]).to.deep.equal([429, "TooManyRequests"]);
    expect(last.headers.get("content-type")).to.include("application/problem+json");
    const after = Number(last.headers.get("retry-after"));
    expect(after).to.be.within(1, 12);
    expect(last.body["detail"]).to.equal(`Try again in ${String(after)} seconds.`);
    expect((await anyone.get("/health/live")).status).to.equal(200);
  });

  it("counts an address as the route that it is, however it is written", async () => {
    await start(rates({ address: 2, signIn: 2 }));
    const { hostname, port } = new URL(started.url);
    const asked = (method: string, path: string): Promise<number> =>
      new Promise((resolve, reject) => {
        const request = ask({ hostname, port, method, path }, (response) => {
          response.resume();
          resolve(response.statusCode ?? 0);
        });
        request.on("error", reject);
        request.end();
      });
    for (const path of ["/%61pi/v1/auth/nonce", `${started.url}/api/v1/auth/nonce`]) {
      expect(await asked("POST", path)).to.equal(200);
    }
    for (const path of ["/%61pi/v1/auth/nonce", `${started.url}/api/v1/auth/nonce`]) {
      expect(await asked("POST", path)).to.equal(429);
    }
    expect(await asked("GET", "/%61pi/v1/liens")).to.equal(429);
  });

  it("lets nobody try sign-ins without end", async () => {
    await start(rates({ signIn: 3 }));
    const anyone = new Client(started.url);
    const tried = async (): Promise<number> =>
      (await anyone.post("/api/v1/auth/refresh", { refreshToken: "guess" })).status;
    expect([await tried(), await tried(), await tried(), await tried()]).to.deep.equal([
      401, 401, 401, 429,
    ]);
    expect((await anyone.get("/api/v1/liens")).status).not.to.equal(429);
  });

  it("counts by caller, not by address, and what is expensive for more", async () => {
    await start(rates({ caller: 4 }));
    const anyone = new Client(started.url);
    const first = await anyone.signedIn("operator");
    const key = await first.post<{ secret: string }>("/api/v1/api-keys", {
      name: "A",
      scopes: ["read"],
    });
    const machine = new Client(started.url, key.body.secret);
    const lineage = await machine.get(`/api/v1/provenance/claims/0x${"0".repeat(64)}`);
    expect(lineage.status).to.equal(404);
    expect((await machine.get("/api/v1/auth/me")).status).to.equal(429);
    expect((await first.get("/api/v1/auth/me")).status).to.equal(200);
  });

  it("believes a proxy about the address only where it is told to", async () => {
    const tried = async (from: string): Promise<number> =>
      (
        await new Client(started.url).send("GET", "/api/v1/liens", undefined, {
          "x-forwarded-for": from,
        })
      ).status;
    await start({ ...rates({ address: 1 }), trustProxy: 1 });
    await tried("192.0.2.1");
    expect(await tried("192.0.2.1")).to.equal(429);
    expect(await tried("192.0.2.2")).not.to.equal(429);
    await started.close();
    await start(rates({ address: 1 }));
    await tried("192.0.2.1");
    expect(await tried("192.0.2.2")).to.equal(429);
  });
});
