import { expect } from "chai";
import { ZeroAddress } from "ethers";
import { load } from "../support/chain.ts";
import { expectRefusal } from "../support/refusals.ts";
import { deliver, storedOrder, type StoredOrder } from "../support/scenes.ts";

interface ThreeForms extends StoredOrder {
  readonly receivable: bigint;
}

async function threeForms(): Promise<ThreeForms> {
  const stored = await storedOrder();
  await deliver(stored, stored.order, 1n, 1_000_000n);
  const receivable = await stored.contracts.receivables.receivableId(stored.order, 1);
  return { ...stored, receivable };
}

describe("A claim moves by the acts of the trade alone", () => {
  let scene: ThreeForms;

  beforeEach(async () => {
    scene = await load(threeForms);
  });

  for (const [form, contract] of [
    ["order", "orders"],
    ["receipt", "receipts"],
    ["receivable", "receivables"],
  ] as const) {
    it(`${form}: its holder cannot transfer it: NotTransferable`, async () => {
      const { cooperative, otherCooperative } = scene;
      const claims = cooperative[contract];
      const [from, to, id] = [cooperative.address, otherCooperative.address, scene[form]];
      await expectRefusal(claims.transferFrom(from, to, id), "NotTransferable");
      await expectRefusal(
        claims["safeTransferFrom(address,address,uint256)"](from, to, id),
        "NotTransferable",
      );
      await expectRefusal(
        claims["safeTransferFrom(address,address,uint256,bytes)"](from, to, id, "0x"),
        "NotTransferable",
      );
      expect(await claims.ownerOf(id)).to.equal(from);
    });

    it(`${form}: its holder cannot approve anyone: NotTransferable`, async () => {
      const { cooperative, otherCooperative } = scene;
      const claims = cooperative[contract];
      await expectRefusal(claims.approve(otherCooperative.address, scene[form]), "NotTransferable");
      await expectRefusal(
        claims.setApprovalForAll(otherCooperative.address, true),
        "NotTransferable",
      );
      expect(await claims.isApprovedForAll(cooperative.address, otherCooperative.address)).to.equal(
        false,
      );
    });

    it(`${form}: its root is the order`, async () => {
      const { contracts, order } = scene;
      const root =
        contract === "receivables"
          ? contracts.receivables.rootOf(order, 1)
          : contracts[contract].rootOf(scene[form]);
      expect(await root).to.equal(order);
    });

    it(`${form}: it is an ERC-721 token of one holder`, async () => {
      const { cooperative, contracts } = scene;
      expect(await contracts[contract].supportsInterface("0x80ac58cd")).to.equal(true);
      expect(await contracts[contract].ownerOf(scene[form])).to.equal(cooperative.address);
      expect(await contracts[contract].balanceOf(cooperative.address)).to.equal(1n);
    });

    it(`${form}: nobody holds none, and is not asked: ERC721InvalidOwner`, async () => {
      const asked = scene.contracts[contract].balanceOf(ZeroAddress);
      await expectRefusal(asked, "ERC721InvalidOwner", ZeroAddress);
    });
  }

  it("a receivable that does not exist has no root", async () => {
    expect(await scene.contracts.receivables.rootOf(scene.order, 2)).to.equal(0n);
  });
});
