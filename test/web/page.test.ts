import { expect } from "chai";
import type { Browser } from "playwright-core";
import { civilDay } from "../../scripts/api/civil-time.ts";
import { Operator } from "../../scripts/api/operator.ts";
import { SandboxClient } from "../../scripts/api/sandbox-client.ts";
import { orderToCash } from "../../scripts/demo/order-to-cash.ts";
import { Stage } from "../../scripts/demo/stage.ts";
import { startBackend, type TestBackend } from "../support/backend.ts";
import { startLocalChain, type LocalChain } from "../support/local-chain.ts";
import { desk, findBrowser, launchBrowser, phone, Visitor } from "./browser.ts";

const executable = findBrowser();

describe("the page", function () {
  this.timeout(120_000);
  if (executable === undefined) {
    it("SKIPPED: found no Chromium on the PATH; install one, or name it in CHROMIUM");
    return;
  }

  let chain: LocalChain;
  let backend: TestBackend;
  let browser: Browser;
  let stage: Stage;
  let visitor: Visitor;
  let step = 0;
  let claim = "";

  /** Plays the story on until `count` of its steps are done. */
  const play = async (count: number): Promise<void> => {
    for (; step < count; step += 1) {
      const { day, act } = orderToCash[step]!;
      if (day > (orderToCash[step - 1]?.day ?? -1)) await stage.moveTo(day);
      await act(stage);
    }
  };
  const see = async (text: string): Promise<void> => {
    await visitor.page.getByText(text).first().waitFor();
  };
  const signIn = async (name: string): Promise<void> => {
    await visitor.page.goto("/");
    await visitor.page.getByRole("button", { name }).click();
    await visitor.page.waitForURL("**/claims");
  };
  const enter = async (view: typeof desk): Promise<void> => {
    visitor = await Visitor.come(browser, backend.url, view);
  };

  before(async () => {
    chain = await startLocalChain();
    backend = await startBackend(chain);
    browser = await launchBrowser(executable);
    const client = new SandboxClient(backend.url);
    const today = civilDay(await new Operator(client.as("operator")).now());
    stage = await Stage.set(client, today + 1);
  });

  after(async () => {
    await browser.close();
    await backend.close();
    await chain.close();
  });

  afterEach(async () => {
    const faults = visitor.takeFaults();
    await visitor.leave();
    expect(faults).to.deep.equal([]);
  });

  it("lets a party in by picking it, with the keyboard alone", async () => {
    await enter(desk);
    const { page } = visitor;
    await page.goto("/");
    const cooperative = page.getByRole("button", { name: "Demo cooperative" });
    await cooperative.waitFor();
    await visitor.photograph("parties");
    for (let presses = 0; presses < 20; presses += 1) {
      await page.keyboard.press("Tab");
      const focused = await page.evaluate<string>("document.activeElement?.textContent ?? ''");
      if (focused.includes("Demo cooperative")) break;
    }
    await page.keyboard.press("Enter");
    await page.waitForURL("**/claims");
    await see("No orders yet");
    await visitor.photograph("no-orders");
  });

  it("follows a claim from order to cash as it happens", async () => {
    await enter(desk);
    const { page } = visitor;
    await signIn("Demo cooperative");
    await page.locator(".connection-live").waitFor();
    await play(3);
    const row = page.locator(".order-row");
    await row.waitFor();
    await row.click();
    await see("Order accepted");
    claim = page.url();
    await see("Nothing has been drawn on this claim.");

    await play(4);
    await see("Lien placed");
    await play(8);
    await page.locator(".act", { hasText: "Goods despatched Delivery 1" }).waitFor();
    expect(await page.locator(".loan-debt").innerText()).to.include("85,800.00");
    await visitor.photograph("in-transit");

    await play(15);
    const payment = page.locator(".act", { hasText: "Receivable collected Delivery 1" });
    await payment.waitFor();
    expect(await payment.innerText())
      .to.include("76,700.00")
      .and.to.include("of which interest CNY 661.05");
    await page.locator(".loan-debt", { hasText: "9,761.05" }).waitFor();
    await visitor.photograph("collected", false);

    await play(orderToCash.length);
    const last = page.locator(".act", { hasText: "Receivable collected Delivery 3" });
    await last.waitFor();
    const told = await last.innerText();
    expect(told)
      .to.include("to lender CNY 8,479.43")
      .and.to.include("to cooperative CNY 43,520.57");
    expect(told).to.include("Lien released");
    await page.locator(".balance", { hasText: "129,320.57" }).waitFor();
    expect(await page.locator(".milestones .is-done").count()).to.equal(7);
    await visitor.photograph("cash");
  });

  it("opens a claim by its address, after asking who is there", async () => {
    await enter(desk);
    const { page } = visitor;
    await page.goto(claim);
    await page.getByRole("button", { name: "Demo lender" }).click();
    await see("The claim so far");
    expect(page.url()).to.equal(claim);
    await page.reload();
    await see("The claim so far");
  });

  it("signs in again by itself when its token is no longer good", async () => {
    await enter(desk);
    const { page } = visitor;
    await signIn("Demo cooperative");
    await page.locator(".order-row").waitFor();
    visitor.expect(401);
    await page.evaluate(
      `sessionStorage.setItem("sheaf.session", sessionStorage.getItem("sheaf.session")
        .replace(/"accessToken":"[^"]*"/, '"accessToken":"spent"'))`,
    );
    await page.reload();
    await page.locator(".order-row").waitFor();
    await page.locator(".connection-live").waitFor();
  });

  it("shows a warehouse its receipts, and nothing of the money", async () => {
    await enter(desk);
    await signIn("Demo warehouse");
    await visitor.page.getByRole("link", { name: "Warehouse receipts" }).click();
    await visitor.page.getByRole("link", { name: "W-1" }).click();
    await see("The claim so far");
    const page = await visitor.page.locator("main").innerText();
    expect(page).to.not.include("Principal").and.to.not.include("Receivable");
    await visitor.photograph("warehouse");
  });

  it("shows a lender its loans", async () => {
    await enter(desk);
    await signIn("Demo lender");
    await visitor.page.getByRole("link", { name: "Loans" }).click();
    await visitor.page.locator(".row", { hasText: "Repaid" }).waitFor();
    await visitor.photograph("loans");
  });

  it("finds an order by its number and its status", async () => {
    await enter(desk);
    const { page } = visitor;
    await signIn("Demo buyer");
    await page.locator(".order-row").waitFor();
    const number = await page.locator(".order-name strong").innerText();
    await page.getByLabel("Order number").fill("NO-SUCH-ORDER");
    await see("Nothing fits");
    await page.getByLabel("Order number").fill(number.toLowerCase());
    await page.locator(".order-row").waitFor();
    await page.getByLabel("Status").selectOption("Cancelled");
    await see("Nothing fits");
    await page.getByRole("link", { name: "Clear the search" }).click();
    await page.locator(".order-row").waitFor();
  });

  it("moves the sandbox's calendar forward", async () => {
    await enter(desk);
    const { page } = visitor;
    await signIn("Demo cooperative");
    const day = page.locator(".calendar summary time");
    const before = civilDay((await day.getAttribute("datetime"))!);
    await page.locator(".calendar summary").click();
    await page.getByRole("button", { name: "+7 days" }).click();
    const after = async (): Promise<number> => civilDay((await day.getAttribute("datetime"))!);
    while ((await after()) === before) await page.waitForTimeout(50);
    expect((await after()) - before).to.equal(7);
    await visitor.photograph("calendar", false);
    await page.keyboard.press("Escape");
    expect(await page.getByRole("button", { name: "+7 days" }).isVisible()).to.equal(false);
  });

  it("says in the API's own words what it cannot show", async () => {
    await enter(desk);
    await signIn("Demo cooperative");
    visitor.expect(404);
    await visitor.page.goto(`/claims/0x${"ab".repeat(32)}`);
    await visitor.page.getByRole("alert").waitFor();
    await visitor.photograph("not-found", false);
    await visitor.page.goto("/nowhere");
    await see("There is no such page");
  });

  it("speaks Chinese, remembers it, and never says token", async () => {
    await enter(desk);
    const { page } = visitor;
    await page.goto("/");
    await page.getByRole("button", { name: "中文" }).click();
    await page.reload();
    await see("今天以谁的身份登录？");
    await page.getByRole("button", { name: "演示合作社" }).click();
    await page.locator(".order-row").click();
    await see("电子记录");
    const text = await page.locator("body").innerText();
    expect(text).to.not.match(/token|通证|代币/i);
    expect(await page.locator("html").getAttribute("lang")).to.equal("zh-CN");
    await visitor.photograph("chinese");
  });

  it("fits a phone without scrolling sideways", async () => {
    await enter(phone);
    const { page } = visitor;
    const look = async (name: string): Promise<void> => {
      await visitor.photograph(`phone-${name}`);
      expect(await visitor.overhang(), name).to.equal(0);
    };
    await page.goto("/");
    await page.getByRole("button", { name: "演示合作社" }).waitFor();
    await look("parties");
    await page.getByRole("button", { name: "演示合作社" }).click();
    await page.locator(".order-row").waitFor();
    await look("orders");
    await page.locator(".calendar summary").click();
    await look("calendar");
    await page.keyboard.press("Escape");
    await page.locator(".order-row").click();
    await page.locator(".act").first().waitFor();
    await page.locator(".act-record summary").first().click();
    await look("claim");
  });
});
