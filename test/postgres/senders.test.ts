import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import { Wallet } from "ethers";
import { In, Not } from "typeorm";
import { CommandRow } from "../../backend/src/command/command.entity.ts";
import { Client, type Answer } from "../support/client.ts";
import { startLocalChain, type LocalChain } from "../support/local-chain.ts";
import { startProcesses, type Processes } from "../support/processes.ts";
import { made } from "../support/trade.ts";
import { startWeb3Signer, type Web3Signer } from "../support/web3signer.ts";

const count = 3;
/** Milliseconds for all that is asked for at once. */
const enough = 60_000;
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
    by.post("/api/v1/sandbox/money", { party, amount: "1.00" }, { prefer: "wait=10" });
  const cash = async (): Promise<number> => {
    const { body } = await clients[0]!.get<{ balances: { amount: string }[] }>(
      `/api/v1/parties/${party}/balance`,
    );
    return Number(body.balances[0]?.amount ?? "0");
  };
  const sessions = (): Promise<Session[]> =>
    processes.database.read.query(sessionsSql, [signer.accounts[0]]);
  /** All are done in the end, and no nonce is left out or twice. */
  const isWhole = async (): Promise<void> => {
    const { read } = processes.database;
    const open = { state: Not(In(["Final", "Failed"])) };
    await until(async () => !(await read.existsBy(CommandRow, open)), "an end of every command");
    const rows = await read.find(CommandRow, { order: { nonce: "ASC" } });
    expect(new Set(rows.map(({ state }) => state))).to.deep.equal(new Set(["Final"]));
    const nonces = rows.map(({ nonce }) => nonce ?? -1);
    expect(nonces).to.deep.equal(nonces.map((_, index) => nonces[0]! + index));
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
    await Promise.all(
      Array.from({ length: 8 * count }, (_, index) => mint(clients[index % count]!)),
    );
    await isWhole();
    expect(most).to.equal(1);
    expect([...holders].sort()).to.deep.equal(processes.running.map(({ pid }) => pid).sort());
    expect(waiting).to.be.above(0);
    await until(async () => (await cash()) === before + 8 * count, "every effect");
  });

  it("use no nonce twice where the lock is lost in the middle of signing", async () => {
    const before = await cash();
    let robbed: Session | undefined;
    let stolen: Promise<Answer> | undefined;
    signer.meanwhile = async () => {
      signer.meanwhile = undefined;
      robbed = (await sessions()).find(({ granted }) => granted);
      await processes.database.read.query("SELECT pg_terminate_backend($1)", [robbed!.pid]);
      const other = processes.running.findIndex(({ pid }) => pid !== robbed?.process);
      stolen = mint(clients[other]!);
      await stolen;
    };
    const { status } = await mint(clients[0]!);
    expect(robbed, "one held the lock").not.to.equal(undefined);
    for (const each of [(await stolen)?.status, status]) expect(each).to.be.oneOf([200, 202]);
    await isWhole();
    await until(async () => (await cash()) === before + 2, "every effect");
  });
});

async function until(isSo: () => Promise<boolean>, what: string): Promise<void> {
  const deadline = Date.now() + enough;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`There was not ${what} in time.`);
    await sleep(50);
  }
}
