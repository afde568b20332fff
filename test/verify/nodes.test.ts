import { expect } from "chai";
import { verify, type Verdict } from "../../scripts/verify/verify.ts";
import { BundleScene, parsed } from "../support/bundle-scene.ts";
import { made } from "../support/trade.ts";
import { startWaywardNode, type Wayward } from "../support/wayward-node.ts";

type Block = Readonly<Record<string, unknown>>;

describe("A bundle and its nodes", function () {
  this.timeout(120_000);
  let scene: BundleScene;
  let file: Uint8Array;

  before(async () => {
    scene = await BundleScene.open();
    file = await scene.anchoredFile();
  });

  after(() => scene.close());

  const by = async (stray: Wayward, bytes = file): Promise<Verdict> => {
    const node = await startWaywardNode(scene.trade.chain.url, stray);
    try {
      const verdict = await verify(bytes, { rpc: [node.url] });
      expect(node.strayed).to.be.greaterThan(0);
      return verdict;
    } finally {
      await node.close();
    }
  };
  const changing =
    (method: string, change: (result: unknown, params: readonly unknown[]) => unknown): Wayward =>
    async (request, ask) =>
      request.method === method
        ? { result: change(await ask(method, request.params), request.params) }
        : undefined;
  const word = (digit: string): string => `0x${digit.repeat(64)}`;

  const lies: Readonly<Record<string, readonly [Wayward, RegExp]>> = {
    "is on another chain": [changing("eth_chainId", () => "0x1"), /^\/chain\/chainId$/],
    "has a chain that began otherwise": [
      changing("eth_getBlockByNumber", (block, [number]) =>
        number === "0x0" ? { ...(block as Block), hash: word("1") } : block,
      ),
      /^\/chain\/genesisHash$/,
    ],
    "has another block there": [
      changing("eth_getBlockByNumber", (block, [number]) =>
        number === "0x0" ? block : { ...(block as Block), hash: word("1") },
      ),
      /^\/state\/hash$/,
    ],
    "says another state's root under the right hash": [
      changing("eth_getBlockByNumber", (block, [number]) =>
        number === "0x0" ? block : { ...(block as Block), stateRoot: word("1") },
      ),
      /^\/state\/hash$/,
    ],
    "says that there is no contract": [
      changing("eth_getCode", () => "0x"),
      /^\/chain\/contracts\//,
    ],
    "says that nothing was anchored": [
      changing("eth_call", (answer) => `0x${"0".repeat(String(answer).length - 2)}`),
      /^\/events\/0\/anchor\/root$/,
    ],
    "answers with nonsense": [
      changing("eth_call", () => "0x12"),
      /^\/chain\/contracts\/Provenance$/,
    ],
    "says that the anchoring was refused": [
      changing("eth_getTransactionReceipt", (receipt) => ({
        ...(receipt as Block),
        status: "0x0",
      })),
      /^\/events\/0\/anchor\/transaction$/,
    ],
    "knows no such transaction": [
      changing("eth_getTransactionReceipt", () => null),
      /^\/events\/0\/anchor\/transaction$/,
    ],
    "gives a transaction other logs": [
      changing("eth_getTransactionReceipt", (receipt) => ({ ...(receipt as Block), logs: [] })),
      /^\/events\/0\/anchor\/transaction$/,
    ],
    "proves the lien of another contract": [
      async ({ method, params }, ask) =>
        method === "eth_getProof"
          ? { result: await ask(method, [word("0").slice(0, 42), ...params.slice(1)]) }
          : undefined,
      /^\/liens\/0\/isEncumbered$/,
    ],
    "proves the lien of another block": [
      async ({ method, params }, ask) =>
        method === "eth_getProof"
          ? { result: await ask(method, [...params.slice(0, 2), "0x19"]) }
          : undefined,
      /^\/liens\/0\/isEncumbered$/,
    ],
  };
  for (const [lie, [stray, place]] of Object.entries(lies)) {
    it(`does not hold by a node that ${lie}`, async () => {
      expect((await by(stray)).fault?.pointer).to.match(place);
    });
  }

  it("is checked by a node that gives no proofs, by its word", async () => {
    const deaf: Wayward = ({ method }) =>
      Promise.resolve(
        method === "eth_getProof"
          ? { error: { code: -32601, message: "no such method" } }
          : undefined,
      );
    const { fault, checked } = await by(deaf);
    expect(fault).to.equal(undefined);
    expect(checked.join("\n"))
      .to.include("1 lien is as said at block")
      .and.include("by the node's word");
  });

  it("is checked by a node that has forgotten the block's state, as far as it goes", async () => {
    const forgetful: Wayward = ({ method, params }) => {
      const isOld = method === "eth_getProof" || (method === "eth_call" && params[1] !== "latest");
      return Promise.resolve(
        isOld ? { error: { code: -32000, message: "missing trie node" } } : undefined,
      );
    };
    const { fault, notChecked } = await by(forgetful);
    expect(fault).to.equal(undefined);
    expect(notChecked.join("\n")).to.include("how 1 lien was at block");
    expect(notChecked.join("\n")).to.include("what the roots of 1 claim were at block");
  });

  it("cannot be checked by a node that does not answer", async () => {
    const refused = await verify(file, { rpc: ["http://127.0.0.1:9"] }).then(
      () => undefined,
      (error: unknown) => String(error),
    );
    expect(refused).to.match(/^CannotAsk: .*does not answer eth_chainId/);
  });

  it("cannot be checked by a node that answers what no node does", async () => {
    for (const nonsense of [null, {}, 5, "0x", []]) {
      const node = await startWaywardNode(scene.trade.chain.url, ({ method, params }) =>
        Promise.resolve(
          method === "eth_getBlockByNumber" && params[0] !== "0x0"
            ? { result: { hash: parsed(file).state.hash, number: nonsense } }
            : undefined,
        ),
      );
      try {
        const refused = await verify(file, { rpc: [node.url] }).catch((error: unknown) => error);
        expect(String(refused)).to.match(/^CannotAsk: .*does not answer as it should/);
      } finally {
        await node.close();
      }
    }
  });

  it("says what has become of a lien since", async () => {
    const { cooperative, operator } = scene.trade;
    const { order } = scene;
    const { revision } = made(await cooperative.get(`/api/v1/loans/${order}`));
    const money = { party: cooperative.id, amount: "2000.00" };
    made(await operator.post("/api/v1/sandbox/money", money));
    const repayment = { amount: "1100.00", revision };
    made(await cooperative.post(`/api/v1/loans/${order}/repayments`, repayment));
    const verdict = await verify(file, { rpc: [scene.trade.chain.url] });
    expect(verdict.fault).to.equal(undefined);
    expect(verdict.told.join("\n")).to.include(`${order} is no longer encumbered`);
    const after = parsed(await scene.file());
    expect(after.liens[0]?.isEncumbered).to.equal(false);
  });
});
