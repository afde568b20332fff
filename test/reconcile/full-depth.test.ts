import { fileURLToPath } from "node:url";
import { expect } from "chai";
import {
  Contract,
  ContractFactory,
  Interface,
  Wallet,
  type ContractMethod,
  type InterfaceAbi,
} from "ethers";
import hre from "hardhat";
import { Rpc } from "../../backend/src/chain/rpc.ts";
import { Database } from "../../backend/src/database/database.ts";
import { Projectors } from "../../backend/src/projection/handlers.ts";
import { stateHash } from "../../backend/src/projection/state-hash.ts";
import { reconcile } from "../../scripts/reconcile/reconcile.ts";
import { startBackend, type TestBackend } from "../support/backend.ts";
import { delivered, drawDown, openFacility, storyOrder } from "../support/trade-acts.ts";
import { administration, free, sent, walletOf } from "../support/trade-wallets.ts";
import { made, startTrade, type Partner, type Trade } from "../support/trade.ts";

const source = fileURLToPath(
  new URL("../contracts/currencies/FreezingCurrency.sol", import.meta.url),
);

interface Lineage {
  readonly root: string | null;
  readonly events: readonly { readonly kind: string; readonly amount?: string }[];
}

/** What wallets and offices do beside the API; after each the read model is what the chain says. */
describe("Reconciling what happens beside the API", function () {
  this.timeout(120_000);
  let trade: Trade;
  let rpc: Rpc;

  before(async () => {
    trade = await startTrade();
    rpc = new Rpc(trade.chain.url, trade.chain.deployment.chainId);
    await trade.at("2026-09-01T09:00:00");
  });

  afterEach(async () => {
    const { read } = trade.started.backend.app.get(Database);
    const { differences } = await reconcile(read, rpc, trade.chain.deployment);
    expect(differences).to.deep.equal([]);
  });

  after(async () => {
    rpc.destroy();
    await trade.close();
  });

  const get = async <Body = Record<string, unknown>>(by: Partner, path: string): Promise<Body> =>
    made(await by.get<Body>(`/api/v1${path}`));
  const kinds = ({ events }: Lineage): string[] => events.map(({ kind }) => kind);

  /** Deploys a currency that can freeze accounts, has it approved, and gives both sides of a loan cash and mandates. */
  const freezingCurrency = async (): Promise<Contract> => {
    await hre.solidity.build([source], { quiet: true });
    const { abi, bytecode } = await hre.artifacts.readArtifact("FreezingCurrency");
    const office = administration(trade);
    const deployed = await new ContractFactory(
      Interface.from(abi as InterfaceAbi),
      bytecode,
      office.wallet,
    ).deploy(free);
    await deployed.waitForDeployment();
    const address = await deployed.getAddress();
    await sent(trade, office.currencies.approveCurrency(address, free));
    const { Receivables, Facilities } = trade.chain.deployment.contracts;
    for (const party of [trade.buyer, trade.lender]) {
      const { wallet, deposits } = await walletOf(trade, party);
      await tell(deployed as Contract, "mint", party.id, 1_000_000_00n);
      const own = deposits.attach(address) as typeof deposits;
      for (const spender of [Receivables, Facilities])
        await sent(trade, own.connect(wallet).approve(spender, 1_000_000_00n, free));
    }
    return deployed as Contract;
  };
  const tell = (token: Contract, what: string, ...values: unknown[]): Promise<void> =>
    sent(trade, token.getFunction<ContractMethod<unknown[]>>(what).send(...values, free));

  it("follows a receipt to the party that it is endorsed to, and the capacity that it takes up", async () => {
    const { warehouse, cooperative, otherCooperative } = trade;
    const ticket = { ticket: "T-1", depositor: cooperative.id, itemCode: "RICE", unit: "KGM" };
    const goods = { lot: "L-1", quantity: "500.000", lossAllowanceBps: 0 };
    const { id } = made(await warehouse.post("/api/v1/receipts", { ...ticket, ...goods }));
    const own = await walletOf(trade, cooperative);
    await sent(trade, own.receipts.endorse(String(id), otherCooperative.id, free));
    const receipt = await get(otherCooperative, `/receipts/${String(id)}`);
    expect(receipt["holder"]).to.equal(otherCooperative.id);
    expect(await get(warehouse, `/parties/${warehouse.id}/capacity`)).to.include({
      used: "500.000",
    });
  });

  it("follows goods that were not accepted back into a store, and those that were recalled", async () => {
    const { warehouse, cooperative, buyer } = trade;
    const order = await storyOrder(trade, "PO-BACK");
    const ticket = { ticket: "T-2", depositor: cooperative.id, itemCode: "RICE", unit: "KGM" };
    const goods = { lot: "L-1", quantity: "500.000", lossAllowanceBps: 0 };
    const { id } = made(await warehouse.post("/api/v1/receipts", { ...ticket, ...goods }));
    made(await cooperative.post(`/api/v1/receipts/${String(id)}/earmark`, { order }));
    const path = `/api/v1/orders/${order}/deliveries`;
    const despatch = { receipt: id, quantity: "100", arrivesBy: "2026-09-02T09:00:00+08:00" };
    made(await cooperative.post(path, { ...despatch, number: 1 }));
    made(await warehouse.post(`${path}/1/recall`));
    made(await cooperative.post(path, { ...despatch, number: 2 }));
    made(await buyer.post(`${path}/2/acceptance`, { quantity: "60" }));
    const back = { ...ticket, ...goods, ticket: "T-3", quantity: "30", order, delivery: 2 };
    expect(made(await warehouse.post("/api/v1/receipts", back))).to.include({ order });
    const [, answered] = await get<{ returned: string }[]>(buyer, `/orders/${order}/deliveries`);
    expect(answered).to.include({ rejected: "40.000", returned: "30.000" });
  });

  it("follows a receivable out of its order when it is sold, and its payments to the new holder", async () => {
    const { buyer, cooperative, otherLender } = trade;
    const order = await storyOrder(trade, "PO-SOLD");
    const receivable = await delivered(trade, order, 1, "1000.000");
    const [seller, assignee] = [
      await walletOf(trade, cooperative),
      await walletOf(trade, otherLender),
    ];
    const { chainId, contracts } = trade.chain.deployment;
    const terms = {
      ...{ order, delivery: 1, assignee: otherLender.id, price: 6_400_00n },
      ...{ outstanding: 6_500_00n, nonce: 1n, deadline: 2_000_000_000n },
    };
    const domain = {
      ...{ name: "Sheaf receivable", version: "1", chainId },
      verifyingContract: contracts.Receivables,
    };
    const signature = await seller.wallet.signTypedData(domain, { Assignment: assignment }, terms);
    await sent(trade, assignee.receivables.assign(terms, signature, free));
    const sold = await get(otherLender, `/receivables/${receivable}`);
    expect(sold).to.include({ holder: otherLender.id, holderName: "City bank", assigned: true });
    expect(sold).to.include({ order, outstanding: "6500.00" });
    const claim = await get<{ receivables: unknown[]; loan: unknown }>(
      otherLender,
      `/orders/${order}`,
    );
    expect(claim.receivables).to.deep.equal([sold]);
    expect(claim.loan).to.equal(null);
    const told = await get<Lineage>(otherLender, `/provenance/claims/${receivable}`);
    expect(kinds(told)).to.include.members(["OrderIssued", "ReceivableAssigned"]);
    expect(await get(buyer, `/liens/${receivable}`)).to.include({ root: null, encumbered: false });
    expect((await get(buyer, `/orders/${order}`))["owed"]).to.equal("0.00");
    const payment = { amount: "500.00", outstanding: "6500.00" };
    const paid = made(await buyer.post(`/api/v1/receivables/${receivable}/payment`, payment));
    expect(paid).to.deep.include({ outstanding: "6000.00" });
    expect(await trade.cash("otherLender")).to.equal("494100.00");
    const lineage = await get<Lineage>(cooperative, `/provenance/claims/${receivable}`);
    expect(lineage.root).to.equal(null);
    expect(kinds(lineage).slice(-2)).to.deep.equal(["ReceivableAssigned", "ReceivablePaid"]);
    expect(lineage.events.at(-2)).to.include({ amount: "6400.00" });
  });

  it("tells a party's stream of a nonce that it took back, as the number that it is", async () => {
    const own = await walletOf(trade, trade.cooperative);
    for (const contract of [own.orders, own.deliveries, own.receivables])
      await sent(trade, contract.revokeNonce(4711n, free));
    const stream = await streamed(trade, trade.cooperative, "NonceRevoked", 3);
    expect(stream.map(({ args }) => args)).to.deep.equal(
      [1, 2, 3].map(() => ({ party: trade.cooperative.id, nonce: "4711" })),
    );
  });

  it("follows money to the depositary, and what a holder could not receive back into the debt", async () => {
    const { buyer, cooperative, lender, otherLender } = trade;
    const token = await freezingCurrency();
    const depositary = await openFacility(trade, {
      ...{ number: "F-ICE", currency: "FRZ", depositary: otherLender.id, sweepBps: 0 },
    });
    const order = await storyOrder(trade, "PO-ICE", { currency: "FRZ" });
    made(await drawDown(trade, depositary, order, "78000.00"));
    const receivable = await delivered(trade, order, 1, "10000.000");
    await tell(token, "freeze", lender.id, true);
    await tell(token, "freeze", cooperative.id, true);
    const payment = { amount: "65000.00", outstanding: "65000.00" };
    const paid = made(await buyer.post(`/api/v1/receivables/${receivable}/payment`, payment));
    const [only] = paid["payments"] as Record<string, string>[];
    expect(only).to.include({ amount: only!["toLender"], toHolder: "0.00" });
    expect(Number(paid["outstanding"])).to.equal(65_000 - Number(only!["amount"]));
    expect(paid).to.include({ overdue: false });
    const told = kinds(await get<Lineage>(buyer, `/provenance/claims/${order}`));
    expect(told).to.include.members(["HolderCouldNotReceive", "ReceivablePaid"]);
    const [diverted] = await streamed(trade, otherLender, "PaidToDepositary", 1);
    expect(diverted?.args).to.deep.include({ facility: depositary, payee: lender.id });

    const { facilities } = administration(trade);
    await sent(trade, facilities.setDepositary(depositary, trade.arbiter.id, free));
    const { depositary: replaced } = await get(lender, `/facilities/${depositary}`);
    expect(replaced).to.equal(trade.arbiter.id);
    await tell(token, "freeze", trade.arbiter.id, true);
    const rest = { amount: "1.00", outstanding: paid["outstanding"] };
    const refused = await buyer.post(`/api/v1/receivables/${receivable}/payment`, rest);
    expect([refused.status, refused.body["code"]]).to.deep.equal([422, "PayeeCannotReceive"]);
  });

  it("follows a loan into default, into the lender's write-off and out of both", async () => {
    const { lender, cooperative } = trade;
    const terms = { tenorDays: 10, graceDays: 0, approvedPayees: [Wallet.createRandom().address] };
    const facility = await openFacility(trade, { number: "F-BAD", ...terms });
    const orders = [await storyOrder(trade, "PO-BAD-1"), await storyOrder(trade, "PO-BAD-2")];
    for (const order of orders) made(await drawDown(trade, facility, order, "100.00"));
    await trade.at("2026-09-15T09:00:00");
    for (const order of orders) {
      made(await lender.post(`/api/v1/loans/${order}/default`));
      made(await lender.post(`/api/v1/loans/${order}/write-off`));
    }
    expect(await get(lender, `/facilities/${facility}`)).to.include({
      defaults: 2,
      drawn: "200.00",
    });
    const [order] = orders;
    const { revision } = await get(cooperative, `/loans/${order}`);
    const body = { amount: "150.00", revision };
    made(await cooperative.post(`/api/v1/loans/${order}/repayments`, body));
    expect(await get(lender, `/facilities/${facility}`)).to.include({
      defaults: 1,
      drawn: "100.00",
    });
  });

  it("follows keys that are proposed, vetoed and replaced", async () => {
    const { parties } = administration(trade);
    const keys = Array.from({ length: 3 }, () => Wallet.createRandom().address);
    const { warehouse, otherWarehouse, otherBuyer } = trade;
    for (const [index, { id }] of [warehouse, otherWarehouse, otherBuyer].entries())
      await sent(trade, parties.proposeKey(id, keys[index]!, free));
    await sent(trade, (await walletOf(trade, warehouse)).parties.vetoKey(free));
    await trade.at("2026-09-17T09:00:00");
    await sent(trade, parties.replaceKey(otherBuyer.id, free));
    const { items } = made(
      await trade.operator.get<{
        items: { id: string; key: string; proposedKey: string | null }[];
      }>("/api/v1/parties?limit=200"),
    );
    const keysOf = (party: Partner): unknown[] =>
      items
        .filter(({ id }) => id === party.id)
        .flatMap(({ key, proposedKey }) => [key, proposedKey]);
    expect(keysOf(warehouse)).to.deep.equal([warehouse.id, null]);
    expect(keysOf(otherWarehouse)).to.deep.equal([otherWarehouse.id, keys[1]]);
    expect(keysOf(otherBuyer)).to.deep.equal([keys[2], null]);
  });

  it("follows originating into a pause and to its end, which a quote names", async () => {
    const facility = await openFacility(trade, { number: "F-LAST" });
    const order = await storyOrder(trade, "PO-LAST");
    const { parties } = administration(trade);
    const quoted = async (): Promise<unknown> => {
      const path = `/facilities/${facility}/quote?order=${order}`;
      const { roots } = await get<{ roots: { refusal: string | null }[] }>(trade.lender, path);
      return roots[0]?.refusal;
    };
    await sent(trade, parties.setPaused(true, free));
    expect(await quoted()).to.equal("Paused");
    await sent(trade, parties.setPaused(false, free));
    expect(await quoted()).to.equal(null);
    await sent(trade, parties.retire(free));
    expect(await quoted()).to.equal("Retired");
    const drawn = await drawDown(trade, facility, order, "1.00");
    expect([drawn.status, drawn.body["code"]]).to.deep.equal([422, "Retired"]);
  });

  it("gives the same state again from zero", async () => {
    const again = await startBackend(trade.chain);
    try {
      expect(await hashOf(again)).to.equal(await hashOf(trade.started));
    } finally {
      await again.close();
    }
  });
});

const assignment = [
  { name: "order", type: "uint256" },
  { name: "delivery", type: "uint16" },
  { name: "assignee", type: "address" },
  { name: "price", type: "uint64" },
  { name: "outstanding", type: "uint64" },
  { name: "nonce", type: "uint256" },
  { name: "deadline", type: "uint40" },
];

interface Streamed {
  readonly args: Readonly<Record<string, unknown>>;
}

/** The first events of a name in a party's stream. */
async function streamed(
  trade: Trade,
  party: Partner,
  name: string,
  count: number,
): Promise<Streamed[]> {
  const { body } = await trade.anyone.post("/api/v1/auth/sandbox", { party: party.id });
  const abort = new AbortController();
  const stream = await fetch(`${trade.anyone.url}/api/v1/events`, {
    headers: { authorization: `Bearer ${String(body["accessToken"])}`, "last-event-id": "0" },
    signal: abort.signal,
  });
  let text = "";
  let found: Streamed[] = [];
  for await (const chunk of stream.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    const events = [...text.matchAll(/^event: (\w+)\nid: .*\ndata: (.*)\n\n/gm)];
    found = events
      .filter(([, event]) => event === name)
      .map(([, , data]) => JSON.parse(data!) as Streamed);
    if (found.length >= count) break;
  }
  abort.abort();
  return found.slice(0, count);
}

function hashOf({ backend }: TestBackend): Promise<string> {
  return stateHash(backend.app.get(Database).read, backend.app.get(Projectors).rows);
}
