import { expect } from "chai";
import { Wallet } from "ethers";
import { NetworkUnreachable, Rpc, RpcError } from "../../../backend/src/chain/rpc.ts";
import { startAnvil, type AnvilNode } from "../../support/anvil.ts";
import { startFaultyNode, type Fault, type FaultyNode } from "../../support/faulty-node.ts";

const chainId = 31337;

describe("Several nodes", function () {
  this.timeout(60_000);
  let node: AnvilNode;
  let first: FaultyNode;
  let second: FaultyNode;
  let rpc: Rpc;

  before(async () => {
    node = await startAnvil();
    first = await startFaultyNode(node.url);
    second = await startFaultyNode(node.url);
  });

  beforeEach(() => {
    rpc = new Rpc([first.url, second.url], chainId, { timeout: 300 });
  });

  afterEach(() => {
    rpc.destroy();
    first.heal();
    second.heal();
  });

  after(async () => {
    await first.close();
    await second.close();
    await node.close();
  });

  const failures: Record<string, Fault> = {
    "no answer": { kind: "lost" },
    "an answer that is lost": { kind: "answerLost" },
    "an answer that comes too late": { kind: "late", by: 1000 },
    "an error page": { kind: "status", status: 500 },
    "a gateway's error": { kind: "status", status: 502 },
    "too many requests": { kind: "status", status: 429 },
    "no JSON": { kind: "text", text: "<html>sorry</html>" },
    "half of a JSON": { kind: "text", text: '{"jsonrpc":"2.0","id":1,"resu' },
    "JSON that is no answer": { kind: "text", text: "[null,17]" },
    "the answer to another question": { kind: "otherId" },
    overload: { kind: "error", code: -32005, message: "limit exceeded" },
  };
  for (const [name, fault] of Object.entries(failures)) {
    it(`answer for each other: from one comes ${name}`, async () => {
      await node.mine();
      const { number } = (await node.provider.getBlock("latest"))!;
      first.meet("eth_getBlockByNumber", fault);
      first.meet("eth_call", fault);
      expect((await rpc.header("latest"))?.number).to.equal(number);
      const to = Wallet.createRandom().address;
      expect(await rpc.callRaw(to, to, "0x", "latest")).to.equal("0x");
    });
  }

  it("say so together when none of them answers", async () => {
    first.goAway();
    second.goAway();
    const failure: unknown = await rpc.header("latest").catch((error: unknown) => error);
    expect(failure).to.be.instanceOf(NetworkUnreachable);
  });

  it("are not asked again for what the contracts refuse", async () => {
    const { url } = first;
    const refusing = new Rpc([url, second.url], chainId);
    first.meet("eth_call", { kind: "error", code: 3, message: "execution reverted" });
    const to = Wallet.createRandom().address;
    const before = second.asked("eth_call");
    const refusal: unknown = await refusing
      .callRaw(to, to, "0x", "latest")
      .catch((e: unknown) => e);
    refusing.destroy();
    expect(refusal).to.be.instanceOf(RpcError);
    expect(second.asked("eth_call")).to.equal(before);
  });

  it("leave one alone that has failed some times, and come back to it", async () => {
    first.goAway();
    for (let index = 0; index < 3; index += 1) await rpc.header("latest");
    first.heal();
    const before = first.asked("eth_getBlockByNumber");
    await rpc.header(0);
    expect(first.asked("eth_getBlockByNumber")).to.equal(before);
    await new Promise((resolve) => setTimeout(resolve, 1100));
    await rpc.header(0);
    expect(first.asked("eth_getBlockByNumber")).to.be.greaterThan(before);
  });

  it("do not count where they are of another chain, or of another beginning", async () => {
    const other = await startAnvil({ chainId: 5 });
    const twin = await startAnvil({ timestamp: 1_700_000_000 });
    const genesis = (await rpc.header(0))!.hash;
    for (const { url } of [other, twin]) {
      const mixed = new Rpc([url, second.url], chainId, { genesisHash: genesis, timeout: 2000 });
      expect((await mixed.header(0))?.hash).to.equal(genesis);
      mixed.destroy();
      const alone = new Rpc(url, chainId, { genesisHash: genesis, timeout: 2000 });
      const failure: unknown = await alone.header(0).catch(String);
      alone.destroy();
      expect(failure).to.match(/is chain \d+ from 0x[0-9a-f]{64}, not chain 31337/);
    }
    await other.close();
    await twin.close();
  });

  it("are asked in turn for a receipt, a block or logs that the first does not have yet", async () => {
    const [from] = await node.provider.listAccounts();
    const sent = await from!.sendTransaction({ to: from!.address, gasPrice: 0n });
    const { blockNumber } = (await sent.wait())!;
    first.meet("eth_getTransactionReceipt", { kind: "result", result: null });
    expect((await rpc.receipt(sent.hash))?.block).to.equal(blockNumber);
    first.meet("eth_getBlockByNumber", { kind: "result", result: null });
    expect((await rpc.header(blockNumber))?.number).to.equal(blockNumber);
    first.meet("eth_getLogs", { kind: "error", code: -32000, message: "unknown block" });
    const { hash } = (await rpc.header(blockNumber))!;
    expect(await rpc.send("eth_getLogs", [{ blockHash: hash }])).to.deep.equal([]);
  });

  it("are not believed for a head behind one that was announced, unless all of them say so", async () => {
    await node.mine(5);
    const head = (await rpc.header("latest"))!;
    const before = await node.send(
      "eth_getBlockByNumber",
      `0x${(head.number - 3).toString(16)}`,
      false,
    );
    second.meet("eth_getBlockByNumber", { kind: "result", result: before });
    first.goAway();
    const failure: unknown = await rpc.header("latest").catch((error: unknown) => error);
    expect(failure).to.be.instanceOf(NetworkUnreachable);
    first.heal();
    first.meet("eth_getBlockByNumber", { kind: "result", result: before });
    expect((await rpc.header("latest"))?.number).to.equal(head.number - 3);
  });

  it("all get every transaction, and each one's word on it is heard", async () => {
    const wallet = new Wallet("0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80");
    const nonce = await node.provider.getTransactionCount(wallet.address);
    const raw = await wallet.signTransaction({
      ...{ to: wallet.address, nonce, chainId, gasLimit: 21_000, type: 2 },
      ...{ maxFeePerGas: 3_000_000_000n, maxPriorityFeePerGas: 1n },
    });
    first.meet("eth_sendRawTransaction", { kind: "answerLost" });
    const said = (await rpc.broadcast(raw)).map(({ kind }) => kind);
    // The first has taken it, without a word; the second knows it by then, or is the one that takes it.
    expect(said[0]).to.equal("unanswered");
    expect(said[1]).to.be.oneOf(["taken", "refused"]);
    expect(await node.provider.getTransactionCount(wallet.address)).to.equal(nonce + 1);
  });
});
