import { expect } from "chai";
import type { Browser } from "playwright-core";
import { LotScene } from "../support/lot-scene.ts";
import { desk, findBrowser, launchBrowser, phone } from "./browser.ts";
import { LotVisitor } from "./lot-visitor.ts";

const executable = findBrowser();
const path = (lot: string): string => `/lot/linxi-eggs.example/lots/${lot}`;

describe("the page behind a label", function () {
  this.timeout(120_000);
  if (executable === undefined) {
    it("SKIPPED: found no Chromium on the PATH; install one, or name it in CHROMIUM");
    return;
  }

  let scene: LotScene;
  let browser: Browser;
  let visitor: LotVisitor;

  const visit = async (lot: string, view = desk, hasScripts = true): Promise<void> => {
    visitor = await LotVisitor.come(browser, view, hasScripts);
    await visitor.page.goto(scene.url + path(lot));
  };

  before(async () => {
    scene = await LotScene.open();
    const lots = ["GOOD", "CHANGED", "RECALLED"];
    for (const lot of lots) await scene.tell(lot);
    await scene.capture("eggs", {
      type: "ObjectEvent",
      eventTime: "2026-08-28T09:00:00+08:00",
      eventTimeZoneOffset: "+08:00",
      action: "OBSERVE",
      bizStep: "holding",
      disposition: "recalled",
      quantityList: [{ epcClass: "https://linxi-eggs.example/lots/RECALLED" }],
    });
    for (const lot of lots) await scene.untilAnchored(path(lot));
    await scene.tamper("https://linxi-eggs.example/lots/CHANGED-field", (body) =>
      body.replace("2026-08-12", "2026-08-22"),
    );
    await scene.restart({ anchorSeconds: 86_400 });
    await scene.tell("PENDING");
    browser = await launchBrowser(executable);
  });

  after(async () => {
    await browser.close();
    await scene.close();
  });

  afterEach(async () => {
    const faults = visitor.faults.splice(0);
    await visitor.leave();
    expect(faults).to.deep.equal([]);
  });

  it("tells the story, and the browser finds every step on the chain", async () => {
    await visit("GOOD");
    expect(await visitor.verdict()).to.deep.equal({
      state: "verified",
      text: "All 5 steps hold: your browser recomputed them and found each on the chain.",
    });
    expect(await visitor.marks()).to.deep.equal(Array(5).fill("verified"));
    const text = await visitor.page.locator("main").innerText();
    for (const told of [
      "Hen eggs",
      "Harvested on 12 August 2026",
      "Linxi Egg Cooperative",
      "Cold hall 1",
      "made up for a demonstration",
    ]) {
      expect(text).to.include(told);
    }
    expect(visitor.scriptBytes).to.be.within(1000, 60 * 1024);
    expect(await visitor.barriers()).to.deep.equal([]);
  });

  it("is read on a phone in Chinese, without a barrier and without moving sideways", async () => {
    await visit("GOOD", phone);
    expect((await visitor.verdict()).text).to.include("全部 5 条记录未被改动");
    expect(await visitor.overhang()).to.equal(0);
    expect(await visitor.page.locator("h1").innerText()).to.equal("鲜鸡蛋");
    expect(await visitor.page.locator("main").innerText()).to.include("2026年8月12日采收");
    expect(await visitor.barriers()).to.deep.equal([]);
  });

  it("is read without JavaScript, and in the other language by a link", async () => {
    await visit("GOOD", phone, false);
    const { page } = visitor;
    expect(await page.locator("main").innerText()).to.include("打开 JavaScript 后");
    expect(await page.locator(".step").count()).to.equal(5);
    await page.getByRole("link", { name: "English" }).click();
    expect(await page.locator("h1").innerText()).to.equal("Hen eggs");
    expect(await page.locator("main").innerText()).to.include("With JavaScript switched on");
  });

  it("is gone through with the keyboard", async () => {
    await visit("GOOD");
    const { page } = visitor;
    await visitor.verdict();
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.className")).to.equal("skip");
    const reached = new Set<string>();
    for (let presses = 0; presses < 30; presses += 1) {
      await page.keyboard.press("Tab");
      reached.add(await page.evaluate<string>("document.activeElement.tagName"));
    }
    expect([...reached]).to.include.members(["A", "SUMMARY", "INPUT", "BUTTON"]);
    await page.locator("details.proof summary").first().focus();
    await page.keyboard.press("Enter");
    await page.locator("details.proof pre").first().waitFor();
    expect(await page.locator("details.proof pre").first().innerText()).to.include("commissioning");
  });

  it("says so of steps that are not on the chain yet", async () => {
    await visit("PENDING");
    const { state, text } = await visitor.verdict();
    expect([state, text]).to.deep.equal([
      "pending",
      "None of the 5 steps is on the chain yet, so nothing is confirmed. That takes a few minutes.",
    ]);
    expect(await visitor.marks()).to.deep.equal(Array(5).fill("pending"));
  });

  it("finds the step that was changed behind our back", async () => {
    await visit("CHANGED");
    const { state, text } = await visitor.verdict();
    expect(state).to.equal("broken");
    expect(text).to.include("1 of 5 steps does not hold");
    const marks = await visitor.marks();
    expect(marks.sort()).to.deep.equal(["broken", ...Array<string>(4).fill("verified")]);
    const step = visitor.page.locator(".step.broken");
    expect(await step.innerText()).to.include("Its content is not that of its fingerprint");
    expect(await visitor.barriers()).to.deep.equal([]);
  });

  it("says first of all that a lot was called back", async () => {
    await visit("RECALLED", phone);
    const alarm = visitor.page.getByRole("alert").first();
    expect(await alarm.innerText()).to.include("该批次已被召回");
    const [below, above] = await Promise.all(
      [visitor.page.locator("#check"), alarm].map(async (one) => (await one.boundingBox())!.y),
    );
    expect(above).to.be.lessThan(below!);
    expect((await visitor.verdict()).state).to.equal("verified");
    expect(await visitor.barriers()).to.deep.equal([]);
  });

  it("says in words that nobody knows a lot, and that a code cannot be right", async () => {
    await visit("NOWHERE");
    const { page, faults } = visitor;
    expect(await page.locator("h1").innerText()).to.equal("We know of no such lot");
    expect(await visitor.barriers()).to.deep.equal([]);
    await page.goto(`${scene.url}/01/09506000134353/10/ABC`);
    expect(await page.locator("main").innerText()).to.include("wrong check digit");
    expect(faults.splice(0)).to.have.length(2);
  });

  it("asks another node where the visitor wants that, and says when nobody answers", async () => {
    await visit("GOOD");
    const { page, faults } = visitor;
    await visitor.verdict();
    const ask = async (node: string): Promise<void> => {
      await page.fill("#rpc", node);
      await page.getByRole("button", { name: "Ask there" }).click();
      await page.waitForURL(`**?rpc=${encodeURIComponent(node)}*`);
    };
    await ask(scene.chain.url);
    expect((await visitor.verdict()).state).to.equal("verified");
    const { host } = new URL(scene.chain.url);
    expect(await page.locator(".asked").innerText()).to.equal(
      `Asked: ${host}, the node of your choice.`,
    );
    await ask("http://127.0.0.1:9");
    expect((await visitor.verdict()).state).to.equal("unreachable");
    expect(await visitor.marks()).to.deep.equal(Array(5).fill("unasked"));
    expect(faults.splice(0).every((fault) => fault.includes("ERR_"))).to.equal(true);
    await page.getByRole("button", { name: "Back to ours" }).click();
    await page.waitForURL((url) => !url.searchParams.has("rpc"));
    expect((await visitor.verdict()).state).to.equal("verified");
  });

  it("asks nobody that only a link names", async () => {
    visitor = await LotVisitor.come(browser, desk);
    await visitor.page.goto(`${scene.url}${path("GOOD")}?rpc=http://127.0.0.1:9`);
    expect((await visitor.verdict()).state).to.equal("verified");
    expect(await visitor.page.locator(".asked").innerText()).to.equal(
      `Asked: ${new URL(scene.url).host}.`,
    );
  });
});
