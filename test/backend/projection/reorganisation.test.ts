import { expect } from "chai";
import { CommandRow } from "../../../backend/src/command/command.entity.ts";
import { Database } from "../../../backend/src/database/database.ts";
import { ChainEventRow, JournalRow } from "../../../backend/src/projection/projection.entity.ts";
import { ProjectionEngine } from "../../../backend/src/projection/projection.engine.ts";
import { Seeded } from "../../../scripts/random/seeded.ts";
import { startAnvilChain, type AnvilChain } from "../../support/anvil.ts";
import { startBackend } from "../../support/backend.ts";
import { Client } from "../../support/client.ts";
import { rebuiltHash, startFollower, type Follower } from "../../support/follower.ts";
import { Forks } from "../../support/forks.ts";

/** More, for a long run: `REORGANISATION_DEPTH=64 REORGANISATION_ROUNDS=200 REORGANISATION_SEED=7`. */
const {
  REORGANISATION_DEPTH: deepest = "10",
  REORGANISATION_ROUNDS: rounds = "10",
  REORGANISATION_SEED: seed = "20261125",
} = process.env;

describe("Reorganisations", function () {
  this.timeout(60_000 + Number(rounds) * 10_000);
  let chain: AnvilChain;

  beforeEach(async () => {
    chain = await startAnvilChain();
  });

  afterEach(async () => {
    await chain.close();
  });

  describe("of transactions that are dropped, moved and reordered", () => {
    let follower: Follower;

    afterEach(async () => {
      await follower.close();
    });

    it(`of 1 to ${deepest} blocks leave what a rebuild from zero gives (seed ${seed})`, async () => {
      const random = new Seeded(Number(seed));
      const forks = await Forks.start(chain, random);
      follower = await startFollower(chain.url, chain.deployment);
      const { engine, database } = follower;
      let undone = 0;
      let reorganised = 0;
      engine.listen({ undone: () => (undone += 1) });
      await forks.act(Number(deepest));
      for (let round = 0; round < Number(rounds); round += 1) {
        await engine.catchUp();
        const before = await follower.hash();
        const depth = 1 + Number(random.below(BigInt(deepest)));
        const tip = await chain.provider.getBlock("latest");
        await forks.reorganise(depth);
        // A block that comes again as it was, with the same transactions in the same second, is the same block.
        if ((await chain.provider.getBlock(tip!.number))?.hash !== tip?.hash) reorganised += 1;
        await forks.act(Number(random.below(3n)));
        await engine.catchUp();
        await engine.catchUp();
        const after = await follower.hash();
        const { block, halted, fault } = engine.status;
        expect([block, halted, fault]).to.deep.equal([
          await chain.provider.getBlockNumber(),
          undefined,
          undefined,
        ]);
        const what = `round ${round}, depth ${depth}, ${before === after ? "same" : "other"} state`;
        expect(after, what).to.equal(await rebuiltHash(chain.url, chain.deployment));
        const byRange = { journalBlocks: 1 };
        expect(after, what).to.equal(await rebuiltHash(chain.url, chain.deployment, byRange));
        await forks.act(2);
      }
      expect(undone).to.equal(reorganised);
      expect(reorganised).to.be.above(Number(rounds) / 2);
      for (const [what, count] of Object.entries(forks.met)) expect(count, what).to.be.above(0);
      expect(await database.read.count(ChainEventRow)).to.be.above(0);
      expect(await database.read.count(JournalRow)).to.be.at.most(128);
    });

    it("deeper than the journal stop the read model, which says so and gives nothing stale", async () => {
      const forks = await Forks.start(chain, new Seeded(Number(seed)));
      await forks.act(8);
      follower = await startFollower(chain.url, chain.deployment);
      const backend = await startBackend(chain, { journalBlocks: 4, pollInterval: 50 });
      try {
        await forks.reorganise(6);
        await forks.act(1);
        const engine = backend.backend.app.get(ProjectionEngine);
        for (let tries = 0; tries < 50 && engine.status.halted === undefined; tries += 1) {
          await engine.catchUp();
        }
        const client = new Client(backend.url);
        const health = await client.get("/health/ready");
        expect([health.status, health.body["problem"]].join()).to.match(/^503,.*deeper than 4/);
        const refused = await client.get("/api/v1/parties");
        expect([refused.status, refused.body["code"]]).to.deep.equal([503, "ReadModelHalted"]);
        await follower.engine.catchUp();
        expect(follower.engine.status.halted).to.equal(undefined);
      } finally {
        await backend.close();
      }
    });
  });

  it("take commands back from Mined to Submitted, and the same bytes are mined again", async () => {
    const started = await startBackend(chain, { pollInterval: 50, finalityBlocks: 20 });
    try {
      const operator = await new Client(started.url).signedIn("operator");
      const names = ["One", "Two", "Three"];
      for (const name of names) {
        const { status } = await operator.post("/api/v1/parties", { name, roles: ["buyer"] });
        expect(status).to.equal(201);
      }
      const { read } = started.backend.app.get(Database);
      const commands = (): Promise<CommandRow[]> => read.find(CommandRow, { order: { id: "ASC" } });
      const before = await commands();
      expect(new Set(before.map(({ state }) => state))).to.deep.equal(new Set(["Mined"]));
      const seen: string[] = [];
      const engine = started.backend.app.get(ProjectionEngine);
      const taken = new Promise<void>((resolve) => {
        engine.listen({
          undone: () => {
            resolve();
          },
        });
      });
      await chain.automine(false);
      await chain.send("anvil_reorg", names.length, []);
      await chain.mine();
      await taken;
      for (let tries = 0; tries < 100 && !seen.includes("Submitted"); tries += 1) {
        seen.push(...(await commands()).map(({ state }) => state));
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      expect(seen).to.include("Submitted");
      await chain.automine(true);
      let after = await commands();
      const isMined = ({ state }: CommandRow): boolean => state === "Mined" || state === "Final";
      for (let tries = 0; tries < 200 && !after.every(isMined); tries += 1) {
        await chain.mine();
        await new Promise((resolve) => setTimeout(resolve, 50));
        after = await commands();
      }
      expect(after.map(isMined)).to.deep.equal(before.map(() => true));
      expect(after.map(({ transaction }) => transaction)).to.deep.equal(
        before.map(({ transaction }) => transaction),
      );
      const { body } = await operator.get<{ items: { name: string }[] }>("/api/v1/parties");
      expect(body.items.map(({ name }) => name).sort()).to.deep.equal([...names].sort());
    } finally {
      await started.close();
    }
  });
});
