import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import { Wallet } from "ethers";
import { CommandRow } from "../../backend/src/command/command.entity.ts";
import { Client, type Answer } from "../support/client.ts";
import { startLocalChain, type LocalChain } from "../support/local-chain.ts";
import { startProcesses, type Processes } from "../support/processes.ts";
import { made } from "../support/trade.ts";
import { startWeb3Signer, type Web3Signer } from "../support/web3signer.ts";

const count = 3;
/** The sessions that hold a key's lock, and those that wait for it, by process. */
const sessionsSql = `
  SELECT pid, granted, substring(application_name FROM '^sheaf lock ([0-9]+)$')::integer AS process
  FROM pg_locks JOIN pg_stat_activity USING (pid)
  WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
    AND (classid::bigint << 32 | objid::bigint) = hashtextextended('sheaf.lock.key.' || $1, 0)`;

interface Session {
  readonly pid: number;
  readonly granted: boolean;
  readonly process: number;
}

describe("The senders of three processes, which share a key", function () {
  this.timeout(120_000);
  let chain: LocalChain;
  let signer: Web3Signer;
  let processes: Processes;
  let clients: Client[];
  let party: string;

  before(async () => {
    chain = await startLocalChain();
    party = Wallet.createRandom().address;
    signer = await startWeb3Signer([chain.administrationKey]);
    processes = await startProcesses(chain, count, {
      ADMINISTRATION_KEY: "",
      ADMINISTRATION_ACCOUNT: signer.accounts[0]!,
      SIGNER: "remote",
      REMOTE_SIGNER_URL: signer.url,
      REMOTE_SIGNER_TIMEOUT: "20000",
    });
    clients = await Promise.all(
      processes.running.map(({ url }) => new Client(url).signedIn("operator")),
    );
    const input = { name: "Buyer", roles: ["buyer"], key: party };
    made(await clients[0]!.post("/api/v1/parties", input));
  });

  afterEach(() => {
    signer.meanwhile = undefined;
  });

  after(async () => {
    await processes.stop();
    await signer.close();
    await chain.close();
  });

  const mint = (by: Client): Promise<Answer> =>
    by.post("/api/v1/sandbox/money", { party, amount: "1.00" }, { prefer: "wait=20" });
  const cash = async (): Promise<number> => {
    const { body } = await clients[0]!.get<{ balances: { amount: string }[] }>(
      `/api/v1/parties/${party}/balance`,
    );
    return Number(body.balances[0]?.amount ?? "0");
  };
  const sessions = (): Promise<Session[]> =>
    processes.database.read.query(sessionsSql, [signer.accounts[0]]);
  const nonces = async (): Promise<(number | null)[]> => {
    const rows = await processes.database.read.find(CommandRow, { order: { nonce: "ASC" } });
    expect(new Set(rows.map(({ state }) => state))).to.deep.equal(new Set(["Final"]));
    return rows.map(({ nonce }) => nonce);
  };
  const isWhole = (all: readonly (number | null)[]): void => {
    expect(all).to.deep.equal(all.map((_, index) => all[0]! + index));
  };

  it("ask for one signature at a time, whoever holds the lock in turn", async () => {
    const before = await cash();
    const holders = new Set<number>();
    let [underWay, most, waiting] = [0, 0, 0];
    signer.meanwhile = async () => {
      underWay += 1;
      most = Math.max(most, underWay);
      const seen = await sessions();
      const [holder, ...others] = seen.filter(({ granted }) => granted);
      expect(others).to.deep.equal([]);
      holders.add(holder!.process);
      waiting = Math.max(waiting, seen.length - 1);
      underWay -= 1;
    };
    const answers = await Promise.all(
      Array.from({ length: 20 * count }, (_, index) => mint(clients[index % count]!)),
    );
    expect(new Set(answers.map(({ status }) => status))).to.deep.equal(new Set([200]));
    expect(most).to.equal(1);
    expect([...holders].sort()).to.deep.equal(processes.running.map(({ pid }) => pid).sort());
    expect(waiting).to.be.above(0);
    expect(await cash()).to.equal(before + 20 * count);
    isWhole(await nonces());
  });

  it("use no nonce twice where the lock is lost in the middle of signing", async () => {
    const before = await cash();
    let thief: Answer | undefined;
    signer.meanwhile = async () => {
      signer.meanwhile = undefined;
      const [robbed] = (await sessions()).filter(({ granted }) => granted);
      await processes.database.read.query("SELECT pg_terminate_backend($1)", [robbed!.pid]);
      const other = processes.running.findIndex(({ pid }) => pid !== robbed!.process);
      thief = await mint(clients[other]!);
    };
    const { status } = await mint(clients[0]!);
    expect([thief?.status, status]).to.deep.equal([200, 200]);
    expect(await cash()).to.equal(before + 2);
    await sleep(100);
    isWhole(await nonces());
  });
});
