import { expect } from "chai";
import { getBytes, toUtf8String, Wallet } from "ethers";
import type { Browser } from "playwright-core";
import { startBackend, type TestBackend } from "../support/backend.ts";
import { Client } from "../support/client.ts";
import { startLocalChain, type LocalChain } from "../support/local-chain.ts";
import { clientOf } from "../support/sign-in.ts";
import { made } from "../support/trade.ts";
import { desk, findBrowser, launchBrowser, phone, Visitor } from "./browser.ts";

const executable = findBrowser();
/** The page asks for what only a sandbox has, to see whether it is one. */
const noSandbox = 404;

describe("the page where there is no sandbox", function () {
  this.timeout(120_000);
  if (executable === undefined) {
    it("SKIPPED: found no Chromium on the PATH; install one, or name it in CHROMIUM");
    return;
  }

  let chain: LocalChain;
  let backend: TestBackend;
  let browser: Browser;
  let visitor: Visitor;
  let operator: Client;
  const wallet = newWallet();

  before(async () => {
    chain = await startLocalChain();
    backend = await startBackend(chain, { sandbox: false });
    browser = await launchBrowser(executable);
    operator = await clientOf(backend.url, new Wallet(chain.administrationKey));
    await admit("Green Valley", wallet.address);
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

  const admit = async (name: string, key: string): Promise<void> => {
    made(await operator.post("/api/v1/parties", { name, roles: ["cooperative"], key }));
  };
  const see = async (text: string): Promise<void> => {
    await visitor.page.getByText(text).first().waitFor();
  };
  /** @param by whose wallet the browser has; it refuses where there is none */
  const enter = async (by?: Wallet | "unwilling", view = desk): Promise<void> => {
    visitor = await Visitor.come(browser, backend.url, view);
    visitor.expect(noSandbox);
    if (by !== undefined) await giveWallet(visitor, by);
    await visitor.page.goto("/");
  };
  const signIn = async (): Promise<void> => {
    await visitor.page.getByRole("button", { name: "Sign in with the wallet" }).click();
  };
  const session = async (): Promise<{ accessToken: string; refreshToken: string }> =>
    JSON.parse(
      await visitor.page.evaluate<string>('sessionStorage.getItem("sheaf.session") ?? "{}"'),
    ) as { accessToken: string; refreshToken: string };

  it("says what is missing in a browser without a wallet, in either language", async () => {
    await enter();
    await see("No wallet was found in this browser");
    await visitor.photograph("entrance-no-wallet", false);
    await visitor.page.getByRole("button", { name: "中文" }).click();
    await see("此浏览器中没有找到钱包");
    expect(await visitor.page.locator(".party").count()).to.equal(0);
  });

  it("lets in whoever the wallet signs for, and out again for good", async () => {
    await enter(wallet);
    await see("Your organisation is known by its key");
    await visitor.photograph("entrance", false);
    await signIn();
    await visitor.page.waitForURL("**/claims");
    await see("Green Valley");
    await see("No orders yet");
    await visitor.page.locator(".connection-live").waitFor();
    await visitor.page.reload();
    await see("Green Valley");
    await visitor.photograph("entered", false);
    const { refreshToken } = await session();
    await visitor.page.getByRole("button", { name: "Sign out" }).click();
    await see("Sign in with the wallet");
    expect(await session()).to.deep.equal({});
    const again = await new Client(backend.url).post("/api/v1/auth/refresh", { refreshToken });
    expect(again.status).to.equal(401);
  });

  it("goes on by itself when the access token has run out, with all that it asks at once", async () => {
    await enter(wallet);
    await signIn();
    await visitor.page.waitForURL("**/claims");
    const before = await session();
    visitor.expect(401);
    await visitor.page.evaluate(
      `sessionStorage.setItem("sheaf.session", JSON.stringify(
        {...JSON.parse(sessionStorage.getItem("sheaf.session")), accessToken: "spent"}))`,
    );
    await visitor.page.reload();
    await see("No orders yet");
    await visitor.page.locator(".connection-live").waitFor();
    const after = await session();
    // Two access tokens of one second are the same; refresh tokens never are.
    expect(after.accessToken).not.to.equal("spent");
    expect(after.refreshToken).not.to.equal(before.refreshToken);
  });

  it("asks to sign in again when the session has ended elsewhere", async () => {
    await enter(wallet);
    await signIn();
    await visitor.page.waitForURL("**/claims");
    const { refreshToken } = await session();
    await new Client(backend.url).post("/api/v1/auth/sign-out", { refreshToken });
    visitor.expect(401);
    await visitor.page.evaluate(
      `sessionStorage.setItem("sheaf.session", JSON.stringify(
        {...JSON.parse(sessionStorage.getItem("sheaf.session")), accessToken: "spent"}))`,
    );
    await visitor.page.reload();
    await see("Sign in with the wallet");
    expect(await session()).to.deep.equal({});
  });

  it("asks for which organisation, where the account speaks for several", async () => {
    const other = newWallet();
    await admit("Far Hills", other.address);
    const owner = await clientOf(backend.url, other);
    const path = `/api/v1/organisation/people/${wallet.address}`;
    made(await owner.put(path, { rank: "viewer", name: "Both" }));
    await enter(wallet);
    visitor.expect(409);
    await signIn();
    await see("This account speaks for several organisations");
    await visitor.photograph("entrance-several", false);
    await visitor.page.getByRole("button", { name: other.address }).click();
    await see("Far Hills");
    await owner.send("DELETE", path, undefined, {});
  });

  it("shows what waits for a second person to whoever may say yes or no, and what waits for the key", async () => {
    const owner = await clientOf(backend.url, wallet);
    const [maker, approver] = [newWallet(), newWallet()];
    for (const [rank, { address }] of [
      ["maker", maker],
      ["approver", approver],
    ] as const) {
      const path = `/api/v1/organisation/people/${address}`;
      made(await owner.put(path, { rank, name: rank }));
    }
    made(await owner.put("/api/v1/organisation/limits", { items: [{ kind: "payee" }] }));
    const by = await clientOf(backend.url, maker);
    const accounts = [newWallet().address, newWallet().address];
    for (const account of accounts) {
      await by.put(`/api/v1/parties/${wallet.address}/payout-account`, { account });
    }
    await enter(maker);
    await signIn();
    await see("waits for a second person");
    await visitor.leave();
    await enter(approver);
    await signIn();
    await visitor.page.getByRole("button", { name: "Approve" }).nth(1).waitFor();
    for (const account of accounts) await visitor.page.getByText(account).waitFor();
    await visitor.photograph("waiting", false);
    await visitor.page.getByRole("button", { name: "Reject" }).first().click();
    await visitor.page
      .getByRole("button", { name: "Reject" })
      .nth(1)
      .waitFor({ state: "detached" });
    await visitor.page.getByRole("button", { name: "Approve" }).click();
    await see("1 act waits for the signature of your organisation's own key");
    await visitor.photograph("waiting-for-the-key", false);
    const { body } = await by.get<{ items: { state: string }[] }>("/api/v1/commands");
    expect(body.items.map(({ state }) => state).sort()).to.deep.equal(["Failed", "Queued"]);
  });

  it("lets nobody in that the register does not know, or that does not want to sign", async () => {
    await enter(newWallet());
    visitor.expect(403);
    await signIn();
    await visitor.page.getByRole("alert").waitFor();
    await visitor.leave();
    await enter("unwilling");
    await signIn();
    await see("The wallet has not signed");
  });

  it("fits a phone without scrolling sideways", async () => {
    await enter(wallet, phone);
    await see("用钱包登录");
    await visitor.photograph("phone-entrance");
    expect(await visitor.overhang()).to.equal(0);
  });
});

function newWallet(): Wallet {
  return new Wallet(Wallet.createRandom().privateKey);
}

/** A wallet as an extension puts it into a page: accounts in small letters, messages in hexadecimal digits. */
async function giveWallet({ page }: Visitor, by: Wallet | "unwilling"): Promise<void> {
  await page.exposeFunction("askWallet", async (method: string, params: readonly string[]) => {
    if (by === "unwilling") return { refused: true };
    if (method === "eth_requestAccounts") return { result: [by.address.toLowerCase()] };
    const [message = "", account] = params;
    if (method !== "personal_sign" || account !== by.address.toLowerCase()) return {};
    return { result: await by.signMessage(toUtf8String(getBytes(message))) };
  });
  await page.addInitScript(`window.ethereum = {
    async request({ method, params }) {
      const { result, refused } = await window.askWallet(method, params ?? []);
      if (refused) throw { code: 4001, message: "User rejected the request." };
      return result;
    },
  };`);
}
