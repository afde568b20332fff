import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import { Wallet } from "ethers";
import { AnchorBatchRow, AnchorRow } from "../../backend/src/anchor/anchor.entity.ts";
import { AnchorService } from "../../backend/src/anchor/anchor.service.ts";
import { EpcisEventRow } from "../../backend/src/epcis/epcis.entity.ts";
import { checkEvent } from "../../backend/src/proof/provable-event.ts";
import { connectContracts } from "../../scripts/deploy/contracts.ts";
import type { BackendProcess } from "../../scripts/sandbox/backend.ts";
import { document, field, harvest } from "../backend/epcis/own-events.ts";
import { Client } from "../support/client.ts";
import { startLocalChain, type LocalChain } from "../support/local-chain.ts";
import { startProcesses, type Processes } from "../support/processes.ts";
import { made } from "../support/trade.ts";

const rounds = 6;
const perCapture = 40;
const enough = 60_000;

describe("Three processes that capture and anchor on one PostgreSQL", function () {
  this.timeout(180_000);
  let chain: LocalChain;
  let processes: Processes;
  let party: string;
  let captured = 0;

  before(async () => {
    chain = await startLocalChain();
    processes = await startProcesses(chain, 3, { ANCHOR_SECONDS: "1", ANCHOR_EVENTS: "64" });
    const operator = await new Client(processes.running[0]!.url).signedIn("operator");
    const cooperative = { name: "Cooperative", roles: ["cooperative"] };
    party = String(made(await operator.post("/api/v1/parties", cooperative))["id"]);
    made(await operator.put("/api/v1/locations", { uri: field, party, name: "a field" }));
  });

  after(async () => {
    await processes.stop();
    await chain.close();
  });

  const capture = async (at: BackendProcess): Promise<void> => {
    const events = Array.from({ length: perCapture }, () => {
      captured += 1;
      return harvest({ "farm:pickers": String(captured) });
    });
    const client = await new Client(at.url).signedIn(party);
    const body = document(...events);
    for (let tries = 0; ; tries += 1) {
      const answer = await client.post("/epcis/capture", body).catch(() => undefined);
      if (answer?.status === 202) return;
      if (tries === 40) throw new Error(`The capture was answered with ${answer?.status}.`);
      await sleep(250);
    }
  };

  const until = async (what: string, holds: () => Promise<boolean>): Promise<void> => {
    const end = Date.now() + enough;
    while (!(await holds())) {
      if (Date.now() > end) throw new Error(`It did not come to pass that ${what}.`);
      await sleep(100);
    }
  };

  const anchorer = async (): Promise<BackendProcess | undefined> => {
    const holder = (await processes.holders()).find(({ task }) => task === "anchorer");
    return processes.running.find(({ pid }) => pid === holder?.pid);
  };

  it("put every event on chain once, whichever of them dies", async () => {
    const { read } = processes.database;
    for (let round = 0; round < rounds; round += 1) {
      const survivors = processes.running.slice();
      let gone: BackendProcess | undefined;
      if (round % 2 === 1) {
        await until("one anchors", async () => (await anchorer()) !== undefined);
        gone = await anchorer();
        survivors.splice(survivors.indexOf(gone!), 1);
      }
      const captures = Promise.all(survivors.map(capture));
      if (gone !== undefined) {
        process.kill(gone.pid, "SIGKILL");
        await gone.ended;
        await processes.start();
      }
      await captures;
    }
    await until("all are anchored", async () => {
      const counts = await read.find(AnchorRow);
      return counts.reduce((sum, { count }) => sum + count, 0) >= captured;
    });
    const anchors = await read.find(AnchorRow, { order: { first: "ASC" } });
    let next = 1;
    for (const { first, count } of anchors) {
      expect(first).to.equal(next);
      next += count;
    }
    expect(next).to.equal(captured + 1);
    const administrator = new Wallet(chain.administrationKey, chain.provider);
    const { provenance } = connectContracts(chain.deployment, administrator);
    expect(await provenance.next()).to.equal(BigInt(captured + 1));
    expect(await read.count(AnchorBatchRow)).to.equal(anchors.length);
    const rows = await read.find(EpcisEventRow, { order: { id: "ASC" } });
    const events = await new AnchorService(processes.database).provable(rows);
    expect(events).to.have.length(captured);
    for (const event of events) {
      const { fault, root } = checkEvent(event);
      expect(fault).to.equal(undefined);
      expect((await provenance.anchorOf(root!)).anchoredAt).to.be.above(0n);
    }
  });
});
