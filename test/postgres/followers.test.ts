import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import { Database } from "../../backend/src/database/database.ts";
import { ProjectionEngine } from "../../backend/src/projection/projection.engine.ts";
import { Seeded } from "../../scripts/random/seeded.ts";
import { startAnvilChain, type AnvilChain } from "../support/anvil.ts";
import { startBackend, type TestBackend } from "../support/backend.ts";
import { Client } from "../support/client.ts";
import { postgresServer } from "../support/databases.ts";
import { rebuiltHash } from "../support/follower.ts";
import { Forks } from "../support/forks.ts";
import { stateOf } from "../support/state.ts";

const journalBlocks = 4;
const enough = 10_000;

describe("A process that does not project", function () {
  this.timeout(60_000);
  let chain: AnvilChain;
  let forks: Forks;
  let url: string;
  let all: TestBackend[];
  let follower: TestBackend;

  before(async () => {
    chain = await startAnvilChain();
    forks = await Forks.start(chain, new Seeded(7));
    await forks.act(8);
    url = await (await postgresServer()).createDatabase();
    const changes = { databaseUrl: url, journalBlocks, pollInterval: 50 };
    all = [await startBackend(chain, changes), await startBackend(chain, changes)];
    const [one] = all.filter((each) => !leads(each));
    follower = one!;
  });

  after(async () => {
    for (const each of all) await each.close();
    await (await postgresServer()).dropDatabase(url);
    await chain.close();
  });

  const leads = ({ backend }: TestBackend): boolean =>
    backend.app.get(Database).leadership.leads("projector");
  const engineOf = ({ backend }: TestBackend): ProjectionEngine =>
    backend.app.get(ProjectionEngine);

  it("is one of two", () => {
    expect(all.map(leads).sort()).to.deep.equal([false, true]);
  });

  it("hears that blocks were undone, to where, and what came in their place", async () => {
    const heard: string[] = [];
    const deaf = engineOf(follower).listen({
      undone: ({ block }) => heard.push(`undone to ${block}`),
      projected: ({ block }) => heard.push(`projected ${block}`),
    });
    const head = await chain.provider.getBlockNumber();
    await forks.reorganise(2);
    await forks.act(1);
    await until(() => heard.includes(`projected ${head + 1}`), "the new block is heard of");
    deaf();
    expect(heard[0]).to.equal(`undone to ${head - 2}`);
    const rebuilt = await rebuiltHash(chain.url, chain.deployment);
    for (const each of all) expect(await stateOf(each)).to.equal(rebuilt);
    expect(engineOf(follower).status).to.include({ block: head + 1, halted: undefined });
  });

  it("gives nothing stale after a reorganisation deeper than the journal, and says so", async () => {
    await forks.reorganise(journalBlocks + 2);
    await forks.act(1);
    await until(
      () => all.every((each) => engineOf(each).status.halted !== undefined),
      "both have stopped",
    );
    for (const each of all) {
      const client = new Client(each.url);
      const health = await client.get("/health/ready");
      expect([health.status, health.body["problem"]].join()).to.match(/^503,.*deeper than 4/);
      const refused = await client.get("/api/v1/parties");
      expect([refused.status, refused.body["code"]]).to.deep.equal([503, "ReadModelHalted"]);
    }
    expect(all.map(leads).sort()).to.deep.equal([false, true]);
  });
});

async function until(isSo: () => boolean, what: string): Promise<void> {
  const deadline = Date.now() + enough;
  while (!isSo()) {
    if (Date.now() > deadline) throw new Error(`It does not come to this: ${what}.`);
    await sleep(20);
  }
}
