import { expect } from "chai";
import { CommandRow } from "../../../backend/src/command/command.entity.ts";
import { Database } from "../../../backend/src/database/database.ts";
import { startBackend, type TestBackend } from "../../support/backend.ts";
import { Client, type Answer } from "../../support/client.ts";
import { startLocalChain, type LocalChain } from "../../support/local-chain.ts";
import { scrape } from "../../support/metrics.ts";
import { refusal } from "../../support/trade.ts";

describe("A backend that has too much to do", function () {
  this.timeout(60_000);
  let chain: LocalChain;
  let started: TestBackend;
  let operator: Client;

  before(async () => {
    chain = await startLocalChain();
    started = await startBackend(chain, { commandQueue: 3 });
    operator = await new Client(started.url).signedIn("operator");
  });

  after(async () => {
    await started.close();
    await chain.close();
  });

  const onRecord = (): Promise<number> =>
    started.backend.app.get(Database).read.countBy(CommandRow, {});

  it("refuses more changes before it puts them on record, answers reads, and takes them again later", async () => {
    await chain.provider.send("evm_setAutomine", [false]);
    const admit = (name: string): Promise<Answer> =>
      operator.post("/api/v1/parties", { name, roles: ["lender"] }, { prefer: "respond-async" });
    const statuses: number[] = [];
    while (statuses.length < 10 && statuses.at(-1) !== 503) {
      statuses.push((await admit(`Bank ${statuses.length}`)).status);
    }
    expect(statuses[0]).to.equal(202);
    expect(statuses.at(-1)).to.equal(503);
    const before = await onRecord();
    const shed = (await scrape(operator)).get('sheaf_http_requests_shed_total{reason="commands"}')!;
    const refused = await admit("D");
    expect(refusal(refused)).to.equal("503 Overloaded");
    expect(refused.headers.get("retry-after")).to.equal("1");
    expect(refused.headers.get("content-type")).to.match(/^application\/problem\+json/);
    expect(await onRecord()).to.equal(before);
    expect((await operator.get("/api/v1/parties")).status).to.equal(200);
    expect((await operator.get("/health/ready")).status).to.equal(200);
    const now = await scrape(operator);
    expect(now.get('sheaf_http_requests_shed_total{reason="commands"}')).to.equal(shed + 1);
    await chain.provider.send("evm_setAutomine", [true]);
    await chain.provider.send("evm_mine", []);
    let again = refused;
    for (let left = 50; left > 0 && again.status === 503; left -= 1) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      again = await admit("D");
    }
    expect(again.status).to.equal(202);
  });

  it("gives no party all of its room, and another one what is left", async () => {
    started = await started.restart({ commandQueue: 10, commandsOfParty: 2 });
    operator = await new Client(started.url).signedIn("operator");
    const admitted = await operator.post<{ id: string }>("/api/v1/parties", {
      name: "Buyer",
      roles: ["buyer"],
    });
    const buyer = await new Client(started.url).signedIn(admitted.body.id);
    await chain.provider.send("evm_setAutomine", [false]);
    const ask = (name: string): Promise<Answer> =>
      operator.post("/api/v1/parties", { name, roles: ["lender"] }, { prefer: "respond-async" });
    expect([(await ask("E")).status, (await ask("F")).status]).to.deep.equal([202, 202]);
    const refused = await ask("G");
    expect(refusal(refused)).to.equal("429 TooManyCommands");
    expect(refused.headers.get("retry-after")).to.equal("1");
    const path = `/api/v1/parties/${admitted.body.id}/payout-account`;
    const account = await buyer.send(
      "PUT",
      path,
      { account: admitted.body.id },
      { prefer: "respond-async" },
    );
    expect(account.status).to.equal(202);
    await chain.provider.send("evm_setAutomine", [true]);
    await chain.provider.send("evm_mine", []);
  });

  it("refuses what comes late in a turn, except to whoever watches, and answers in the next one", async () => {
    const late = await started.restart({ mostDelay: 100 });
    started = late;
    const { app } = late.backend;
    const url = "/api/v1/sandbox/calendar";
    hold(600);
    const [asked, watched] = await Promise.all([app.inject(url), app.inject("/health/live")]);
    expect(asked.statusCode).to.equal(503);
    expect(asked.json<{ code: string }>().code).to.equal("Overloaded");
    expect(asked.headers["retry-after"]).to.equal("1");
    expect(watched.statusCode).to.equal(200);
    hold(600);
    const anyone = new Client(late.url);
    expect((await anyone.get(url)).status).to.equal(200);
  });
});

/** Keeps the event loop from everything else. */
function hold(milliseconds: number): void {
  const until = performance.now() + milliseconds;
  while (performance.now() < until);
}
