import { readFile } from "node:fs/promises";
import { expect } from "chai";
import type { Browser } from "playwright-core";
import { codeInPdf, codeInSvg } from "../support/code-reader.ts";
import { LotScene } from "../support/lot-scene.ts";
import { desk, findBrowser, launchBrowser, phone, Visitor } from "./browser.ts";

const executable = findBrowser();

describe("a receipt in the app", function () {
  this.timeout(90_000);
  if (executable === undefined) {
    it("SKIPPED: found no Chromium on the PATH; install one, or name it in CHROMIUM");
    return;
  }

  let scene: LotScene;
  let browser: Browser;
  let visitor: Visitor;

  before(async () => {
    scene = await LotScene.open();
    await scene.tell("LOT-7");
    await scene.store("WT-7", "LOT-7");
    browser = await launchBrowser(executable);
  });

  after(async () => {
    await browser.close();
    await scene.close();
  });

  afterEach(async () => {
    const faults = visitor.takeFaults();
    await visitor.leave();
    expect(faults).to.deep.equal([]);
  });

  const open = async (
    view: typeof desk,
    name: RegExp,
    [tab, unfold]: readonly [string, string],
  ): Promise<void> => {
    visitor = await Visitor.come(browser, scene.url, view);
    const { page } = visitor;
    await page.goto("/");
    await page.getByRole("button", { name }).click();
    await page.waitForURL("**/claims**");
    await page.getByRole("link", { name: tab }).click();
    await page.getByRole("link", { name: "WT-7" }).click();
    await page.getByText(unfold).click();
  };

  it("has its label, whose code leads to the lot's page", async () => {
    await open(desk, /Nanling Cold Store/, ["Warehouse receipts", "Lot, label and proof"]);
    const { page } = visitor;
    for (const form of ["SVG", "PDF"]) {
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("button", { name: `Label as ${form}` }).click(),
      ]);
      expect(download.suggestedFilename()).to.equal(`label-WT-7.${form.toLowerCase()}`);
      const bytes = await readFile(await download.path());
      const uri = form === "SVG" ? codeInSvg(bytes.toString()) : codeInPdf(bytes);
      expect(uri).to.equal(`${scene.url}/lot/linxi-eggs.example/lots/LOT-7`);
    }
    const link = page.getByRole("link", { name: "Page behind the label" });
    expect(await link.getAttribute("href")).to.equal("/lot/linxi-eggs.example/lots/LOT-7");
  });

  it("says whose it is and whether it is pledged, and how to see for oneself, on a phone too", async () => {
    await open(phone, /南岭冷库/, ["仓单", "批次、标签与核对"]);
    const panel = visitor.page.locator(".receipt-lot");
    await panel.getByText("自己核对").waitFor();
    const text = await panel.innerText();
    for (const told of ["林溪禽蛋合作社", "receiptById(uint256)", "eth_call"])
      expect(text).to.include(told);
    expect(await visitor.overhang()).to.equal(0);
  });
});
