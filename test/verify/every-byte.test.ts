import { expect } from "chai";
import { verify } from "../../scripts/verify/verify.ts";
import { BundleScene, otherLot, parsed } from "../support/bundle-scene.ts";

describe("Every byte of a bundle", function () {
  this.timeout(180_000);
  let scene: BundleScene;

  before(async () => {
    scene = await BundleScene.open();
  });

  after(() => scene.close());

  it("counts: whichever bit is turned over, it is found", async () => {
    const file = await scene.anchoredFile(otherLot);
    expect((await verify(file)).fault).to.equal(undefined);
    expect(parsed(file).events.length).to.equal(2);
    const unseen: string[] = [];
    for (let at = 0; at < file.length; at += 1) {
      for (let bit = 0; bit < 8; bit += 1) {
        const turned = Uint8Array.from(file);
        turned[at] = (file[at] ?? 0) ^ (1 << bit);
        const { fault } = await verify(turned);
        if (fault === undefined) unseen.push(`byte ${at}, bit ${bit}`);
      }
    }
    process.stdout.write(`      ${file.length} bytes, ${8 * file.length} bits turned over\n`);
    expect(unseen).to.deep.equal([]);
  });
});
