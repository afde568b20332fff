import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { SandboxClient } from "../../scripts/api/sandbox-client.ts";
import { playDemo } from "../../scripts/demo/demo.ts";
import { startSandbox, type Sandbox } from "../../scripts/sandbox/sandbox.ts";
import { loadSeason, seasonStart } from "../../scripts/sandbox/season.ts";

interface Page<Item> {
  readonly items: readonly Item[];
}

describe("A sandbox with its sample season", () => {
  let folder: string;
  let sandbox: Sandbox;
  let client: SandboxClient;

  before(async function () {
    this.timeout(120_000);
    folder = await mkdtemp(join(tmpdir(), "sheaf-test-"));
    sandbox = await startSandbox({ dataDir: folder, startAt: seasonStart() });
    client = new SandboxClient(sandbox.url);
    await loadSeason(client);
  });

  after(async () => {
    await sandbox.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function list<Item>(path: string): Promise<readonly Item[]> {
    const { items } = (await client.as("operator").get(path, { limit: 200 })) as Page<Item>;
    return items;
  }

  it("has orders in every state, in transit and overdue ones among them", async () => {
    interface Order {
      readonly status: string;
      readonly pending: string;
      readonly stored: string;
      readonly overdueCount: number;
    }
    const orders = await list<Order>("/orders");
    expect(orders).to.have.length(14);
    expect(new Set(orders.map(({ status }) => status))).to.deep.equal(
      new Set(["Issued", "Accepted", "Fulfilled", "Cancelled"]),
    );
    expect(orders.some(({ pending }) => pending !== "0.000")).to.be.true;
    expect(orders.some(({ stored }) => stored !== "0.000")).to.be.true;
    expect(orders.filter(({ overdueCount }) => overdueCount > 0)).to.have.length(1);
  });

  it("has loans under way and repaid, receivables confirmed, settled and overdue", async () => {
    const loans = await list<{ readonly status: string }>("/loans");
    expect(loans.map(({ status }) => status)).to.include.members(["Active", "Repaid"]);
    const receivables = await list<{ readonly status: string }>("/receivables");
    expect(receivables.map(({ status }) => status)).to.include.members([
      "Confirmed",
      "Settled",
      "Overdue",
    ]);
  });

  it("has receipts with and without an order, and one that was split off", async () => {
    interface Receipt {
      readonly order: string | null;
      readonly parent?: string | null;
    }
    const receipts = await list<Receipt>("/receipts");
    expect(receipts.some(({ order }) => order === null)).to.be.true;
    expect(receipts.some(({ order }) => order !== null)).to.be.true;
    expect(receipts.some(({ parent }) => typeof parent === "string")).to.be.true;
  });

  it("plays the demonstration from order to cash, to the minor unit", async function () {
    this.timeout(60_000);
    const said: string[] = [];
    const isRight = await playDemo(client, { pace: 0, say: (text) => said.push(text) });
    expect(said.at(-2)).to.equal(
      "In the end: buyer 70,000.00 · cooperative 129,320.57 · lender 500,679.43",
    );
    expect(isRight).to.be.true;
    expect(said.join("\n")).to.contain("loan 9,761.05 + interest 0.00");
  });
});
