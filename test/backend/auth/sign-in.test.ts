import { expect } from "chai";
import { Wallet } from "ethers";
import { SignInNonceRow } from "../../../backend/src/auth/sign-in.entity.ts";
import { Database } from "../../../backend/src/database/database.ts";
import { startBackend, type TestBackend } from "../../support/backend.ts";
import { Client } from "../../support/client.ts";
import { startLocalChain, type LocalChain } from "../../support/local-chain.ts";
import { messageFor, signIn, type MessageChanges } from "../../support/sign-in.ts";

describe("Signing in with a wallet", function () {
  this.timeout(60_000);
  const wallet = new Wallet(Wallet.createRandom().privateKey);
  let chain: LocalChain;
  let started: TestBackend;

  before(async () => {
    chain = await startLocalChain();
    started = await startBackend(chain, { sandbox: true });
    const operator = await new Client(started.url).signedIn("operator");
    const input = { name: "Mill", roles: ["buyer"], key: wallet.address };
    expect((await operator.post("/api/v1/parties", input)).status).to.equal(201);
  });

  after(async () => {
    await started.close();
    await chain.close();
  });

  it("makes the party's own key its owner", async () => {
    const { status, body } = await signIn(started.url, wallet);
    expect(status).to.equal(200);
    const me = await new Client(started.url, body.accessToken).get("/api/v1/auth/me");
    expect(me.body).to.deep.equal({
      id: wallet.address,
      key: wallet.address,
      roles: ["buyer"],
      person: { account: wallet.address, rank: "owner" },
    });
  });

  it("makes administration's account the operator", async () => {
    const { body } = await signIn(started.url, new Wallet(chain.administrationKey));
    const me = await new Client(started.url, body.accessToken).get("/api/v1/auth/me");
    expect(me.body["roles"]).to.deep.equal(["operator", "supervisor", "guardian"]);
  });

  it("takes a message once: replayed, it is refused by name", async () => {
    const message = await messageFor(started.url, wallet.address);
    const signature = await wallet.signMessage(message);
    const anyone = new Client(started.url);
    const hand = () => anyone.post("/api/v1/auth/wallet", { message, signature });
    const answers = await Promise.all([hand(), hand(), hand()]);
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([200, 401, 401]);
    const again = await hand();
    expect([again.status, again.body["code"]]).to.deep.equal([401, "SignInNonceSpent"]);
  });

  const ago = (seconds: number): string => new Date(Date.now() - seconds * 1000).toISOString();
  const refused: Readonly<Record<string, MessageChanges>> = {
    "for another place": { domain: "evil.example" },
    "whose URI is elsewhere": { uri: "https://evil.example/login" },
    "for another chain": { chainId: "1" },
    "from the future": { issuedAt: ago(-3600) },
    "from long ago": { issuedAt: ago(3600) },
    "that has expired": { more: `\nExpiration Time: ${ago(1)}` },
    "that is not good yet": { more: `\nNot Before: ${ago(-3600)}` },
  };
  for (const [what, changes] of Object.entries(refused)) {
    it(`refuses a message ${what}`, async () => {
      const { status, body } = await signIn(started.url, wallet, changes);
      expect([status, body.code]).to.deep.equal([401, "SignInMessageRefused"]);
    });
  }

  it("refuses a nonce that was not given out here, or too long ago", async () => {
    const made = await signIn(started.url, wallet, { nonce: "0123456789abcdef" });
    expect([made.status, made.body.code]).to.deep.equal([401, "SignInNonceSpent"]);
    const message = await messageFor(started.url, wallet.address);
    const database = started.backend.app.get(Database);
    await database.write((manager) =>
      manager.update(SignInNonceRow, { spent: false }, { expires: 1 }),
    );
    const signature = await wallet.signMessage(message);
    const late = await new Client(started.url).post("/api/v1/auth/wallet", { message, signature });
    expect([late.status, late.body["code"]]).to.deep.equal([401, "SignInNonceSpent"]);
  });

  it("keeps nonces as hashes", async () => {
    const message = await messageFor(started.url, wallet.address);
    const nonce = /Nonce: (\w+)/.exec(message)?.[1];
    const rows = await started.backend.app.get(Database).read.find(SignInNonceRow);
    expect(rows.length).to.be.greaterThan(0);
    expect(JSON.stringify(rows)).not.to.include(nonce);
  });

  it("refuses another's signature, a changed message and the second form of a signature", async () => {
    const stranger = new Wallet(Wallet.createRandom().privateKey);
    const message = await messageFor(started.url, wallet.address);
    const hand = (text: string, signature: string) =>
      new Client(started.url).post("/api/v1/auth/wallet", { message: text, signature });
    const own = await wallet.signMessage(message);
    const s = BigInt(`0x${own.slice(66, 130)}`);
    const order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
    const flipped = own.endsWith("1b") ? "1c" : "1b";
    const second = own.slice(0, 66) + (order - s).toString(16).padStart(64, "0") + flipped;
    for (const [text, signature] of [
      [message, await stranger.signMessage(message)],
      [message.replace("Sheaf.", "Wheat."), own],
      [message, second],
      [message, `0x${"00".repeat(65)}`],
      [message, "0x00"],
    ] as const) {
      const { status, body } = await hand(text, signature);
      expect([status, body["code"]]).to.deep.equal([401, "SignInSignatureInvalid"]);
    }
    expect((await hand(message, own)).status).to.equal(200);
  });

  it("lets nobody in who belongs to no party", async () => {
    const stranger = new Wallet(Wallet.createRandom().privateKey);
    const { status, body } = await signIn(started.url, stranger);
    expect([status, body.code]).to.deep.equal([403, "NotOfAnyParty"]);
  });

  it("says what is wrong with a request that is no sign-in", async () => {
    const anyone = new Client(started.url);
    const { status, body } = await anyone.post("/api/v1/auth/wallet", {
      message: "hello",
      signature: "0x0",
    });
    expect([status, body["code"]]).to.deep.equal([400, "BadInput"]);
  });

  it("is the only way in outside a sandbox", async () => {
    const production = await startBackend(chain, {
      sandbox: false,
      publicOrigin: "https://sheaf.example",
    });
    try {
      const anyone = new Client(production.url);
      const picked = await anyone.post("/api/v1/auth/sandbox", { party: "operator" });
      expect([picked.status, picked.body["code"]]).to.deep.equal([404, "NoSuchRoute"]);
      const { body } = await anyone.post("/api/v1/auth/nonce", undefined, { host: "evil.example" });
      expect(body).to.include({ domain: "sheaf.example", uri: "https://sheaf.example" });
      expect((await signIn(production.url, wallet)).status).to.equal(200);
    } finally {
      await production.close();
    }
  });
});
