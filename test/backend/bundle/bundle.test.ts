import { expect } from "chai";
import { verify } from "../../../scripts/verify/verify.ts";
import { BundleScene, lot, parsed } from "../../support/bundle-scene.ts";
import { made, refusal } from "../../support/trade.ts";
import { startWaywardNode } from "../../support/wayward-node.ts";

describe("Bundles", function () {
  this.timeout(120_000);
  let scene: BundleScene;

  before(async () => {
    scene = await BundleScene.open();
    await scene.anchoredFile();
  });

  after(() => scene.close());

  const proofsOfLiens = (file: Uint8Array): number => {
    const { proofs } = parsed(file).state;
    const liens = proofs?.accounts.find(({ contract }) => contract === "Liens");
    return liens?.slots.length ?? 0;
  };

  it("are about a lot, an order or a receipt, by its id or its name", async () => {
    const { order, receipt } = scene;
    for (const [of, name] of [
      [lot, lot],
      [order, `urn:sheaf:order:${order}`],
      [receipt, `urn:sheaf:receipt:${receipt}`],
      [`urn:sheaf:receipt:${receipt}`, `urn:sheaf:receipt:${receipt}`],
    ] as const) {
      const file = await scene.anchoredFile(of);
      const bundle = parsed(file);
      expect(bundle.of).to.equal(name);
      expect(bundle.events.length, of).to.equal(4);
      expect(bundle.claims.map(({ id }) => id)).to.have.members([order, receipt]);
      expect((await verify(file, { rpc: [scene.trade.chain.url] })).fault).to.equal(undefined);
    }
  });

  it("are the same for whoever asks, but for proofs of loans and what a party keeps for its own", async () => {
    const { trade, documents } = scene;
    const path = `/api/v1/documents/${documents.certificate}/disclosures`;
    const own = { fields: ["auditor"], audience: "bundle" };
    const { number } = made(await trade.cooperative.post(path, own));
    const namesIn = (file: Uint8Array): string[] =>
      parsed(file).documents.flatMap(({ fields }) => fields.map(({ name }) => name));
    const ours = await scene.file();
    expect(namesIn(ours)).to.include("auditor");
    for (const by of [trade.warehouse, trade.otherLender, trade.lender, trade.buyer]) {
      const theirs = await scene.file(lot, by);
      expect(namesIn(theirs)).not.to.include("auditor");
      const mayKnow = by === trade.lender || by === trade.buyer;
      expect(proofsOfLiens(theirs)).to.equal(mayKnow ? 1 : 0);
      const verdict = await verify(theirs, { rpc: [trade.chain.url] });
      expect(verdict.fault).to.equal(undefined);
    }
    expect(proofsOfLiens(await scene.file(lot, trade.lender, "&liens=plain"))).to.equal(0);
    const gone = await trade.cooperative.send("DELETE", `${path}/${String(number)}`);
    expect(gone.status).to.equal(204);
    expect(namesIn(await scene.file())).not.to.include("auditor");
    // What is out is out.
    expect((await verify(ours)).fault).to.equal(undefined);
  });

  it("show public fields no more when that is withdrawn", async () => {
    const { trade, documents } = scene;
    const path = `/api/v1/documents/${documents.ticket}/disclosures`;
    const weigher = { fields: ["weigher"], audience: "public" };
    const { number } = made(await trade.warehouse.post(path, weigher));
    const text = async (): Promise<string> => new TextDecoder().decode(await scene.file());
    expect(await text()).to.include("Li Qiang");
    await trade.warehouse.send("DELETE", `${path}/${String(number)}`);
    expect(await text()).not.to.include("Li Qiang");
  });

  it("are there for what is known, and in form", async () => {
    const { cooperative, anyone } = scene.trade;
    const bundles = "/api/v1/bundles";
    const nothing = "of=https://green-valley.example/lots/none";
    expect(refusal(await cooperative.get(`${bundles}?${nothing}`))).to.equal("404 NotFound");
    expect(refusal(await cooperative.get(bundles))).to.equal("400 BadInput");
    expect(refusal(await anyone.get(`${bundles}?of=${scene.order}`))).to.equal("401 NotSignedIn");
    const answer = await cooperative.get(`${bundles}?of=${scene.order}`);
    expect(answer.headers.get("content-disposition")).to.include("bundle.json");
  });

  it("come without proofs of state from a node that gives none, and say so", async () => {
    const node = await startWaywardNode(scene.trade.chain.url, ({ method }) =>
      Promise.resolve(
        method === "eth_getProof"
          ? { error: { code: -32601, message: "the method eth_getProof does not exist" } }
          : undefined,
      ),
    );
    try {
      await scene.restart({ rpcUrl: node.url });
      const file = await scene.anchoredFile();
      expect(parsed(file).state.proofs).to.equal(null);
      const alone = await verify(file);
      expect(alone.fault).to.equal(undefined);
      expect(alone.notChecked.join("\n")).to.include("the bundle has no proofs of it");
      const asked = await verify(file, { rpc: [scene.trade.chain.url] });
      expect(asked.fault).to.equal(undefined);
      expect(asked.checked.join("\n")).to.include("1 lien is as said at block");
    } finally {
      await node.close();
    }
  });
});

describe("Bundles of what is not anchored yet", function () {
  this.timeout(120_000);

  it("say so, and hold", async () => {
    const scene = await BundleScene.open({ anchorSeconds: 86_400 });
    try {
      const file = await scene.file();
      const alone = await verify(file);
      expect(alone.fault).to.equal(undefined);
      expect(alone.told.join("\n")).to.include("4 events are pending");
      expect(alone.notChecked.join("\n")).to.include("holds the office of anchoring");
      const asked = await verify(file, { rpc: [scene.trade.chain.url] });
      expect(asked.fault).to.equal(undefined);
      expect(asked.checked.join("\n")).to.include("holds the office of anchoring");
    } finally {
      await scene.close();
    }
  });
});
