import { expect } from "chai";
import { Wallet } from "ethers";
import { Signer } from "../../../backend/src/chain/signer.ts";
import { Client, type Answer } from "../../support/client.ts";
import { clientOf, signIn } from "../../support/sign-in.ts";
import { made, refusal, startTrade, type Trade } from "../../support/trade.ts";
import { signedByWallet, type Prepared } from "../../support/wallet-signing.ts";

interface Command extends Record<string, unknown> {
  readonly id: string;
  readonly state: string;
  readonly prepared: Prepared | null;
}

describe("The routes of a party's key", function () {
  this.timeout(60_000);
  let trade: Trade;
  let wallet: Wallet;
  let owner: Client;

  before(async () => {
    trade = await startTrade();
    await trade.at("2026-09-01T09:00:00");
  });

  beforeEach(async () => {
    wallet = freshWallet();
    const input = { name: "Own keys", roles: ["cooperative"], key: wallet.address };
    made(await trade.operator.post("/api/v1/parties", input));
    owner = await clientOf(trade.started.url, wallet);
  });

  after(() => trade.close());

  const path = (step: string, id = wallet.address): string => `/api/v1/parties/${id}/key/${step}`;
  const propose = (key?: string, by: Client = trade.operator): Promise<Answer> =>
    by.post(path("proposal"), key === undefined ? {} : { key });
  const seen = async (): Promise<Record<string, unknown>> =>
    made(await trade.operator.get(`/api/v1/parties/${wallet.address}`));
  /** Two days later than the last proposal of these tests: the contracts' delay is one. */
  let day = 2;
  const afterTheDelay = (): Promise<void> => {
    day += 2;
    return trade.at(`2026-09-${String(day).padStart(2, "0")}T10:00:00`);
  };
  const ask = (by: Client, seconds = 5): Promise<Answer<Command>> =>
    by.send<Command>(
      "PUT",
      `/api/v1/parties/${wallet.address}/payout-account`,
      { account: freshWallet().address },
      { prefer: `wait=${seconds}` },
    );

  it("are for the operator to propose, for the party to refuse, for both to complete", async () => {
    const next = freshWallet();
    expect(refusal(await propose(next.address, owner))).to.equal("403 WrongRole");
    expect(refusal(await propose(next.address, trade.buyer))).to.equal("403 WrongRole");
    expect(made(await propose(next.address))).to.include({ proposedKey: next.address });
    for (const stranger of [trade.buyer, trade.operator]) {
      expect(refusal(await stranger.post(path("veto")))).to.equal("404 NotFound");
    }
    expect(refusal(await trade.buyer.post(path("replacement")))).to.equal("404 NotFound");
    expect(refusal(await owner.post(path("replacement")))).to.equal("422 KeyTooEarly");
    expect(refusal(await trade.operator.post(path("replacement")))).to.equal("422 KeyTooEarly");
    await afterTheDelay();
    expect(made(await trade.operator.post(path("replacement")))).to.include({
      id: wallet.address,
      key: next.address,
      proposedKey: null,
    });
  });

  it("complete nothing that was not proposed, or that the party has refused", async () => {
    expect(refusal(await trade.operator.post(path("replacement")))).to.equal("422 NoKeyProposed");
    expect(refusal(await owner.post(path("veto")))).to.equal("422 NoKeyProposed");
    made(await propose(freshWallet().address));
    const asked = await owner.post<Command>(path("veto"));
    expect(asked.status).to.equal(202);
    const raw = await signedByWallet(wallet, asked.body.prepared!);
    made(await owner.post(`/api/v1/commands/${asked.body.id}/transaction`, { raw }));
    expect(await seen()).to.include({ key: wallet.address, proposedKey: null });
    await afterTheDelay();
    expect(refusal(await trade.operator.post(path("replacement")))).to.equal("422 NoKeyProposed");
  });

  it("take no key that is in use, and none of nothing", async () => {
    expect(refusal(await propose(trade.buyer.id))).to.equal("409 KeyTaken");
    expect((await propose(`0x${"0".repeat(40)}`)).status).to.equal(409);
    expect((await propose("0x12")).status).to.equal(400);
    expect(
      refusal(await trade.operator.post(path("proposal", freshWallet().address), {})),
    ).to.equal("404 NotFound");
  });

  it("make a key that the backend keeps where none is named, and it signs from then on", async () => {
    const { proposedKey } = made(await propose());
    expect(await trade.started.backend.app.get(Signer).signsFor(String(proposedKey))).to.equal(
      true,
    );
    await afterTheDelay();
    made(await trade.operator.post(path("replacement")));
    const party = await trade.anyone.signedIn(wallet.address);
    const { status, body } = await ask(party);
    expect([status, body["key"]]).to.deep.equal([200, proposedKey]);
  });

  it("end what the old key was laid out for, and what it had queued: it signs no more", async () => {
    const next = freshWallet();
    made(await propose(next.address));
    const laidOut = (await ask(owner)).body;
    const { status, body: queued } = await ask(owner, 0);
    expect(status, JSON.stringify(queued)).to.equal(202);
    expect([laidOut.state, queued.state, queued.prepared]).to.deep.equal([
      "Queued",
      "Queued",
      null,
    ]);
    await afterTheDelay();
    made(await trade.operator.post(path("replacement")));
    const present = await clientOf(trade.started.url, next);
    const raw = await signedByWallet(wallet, laidOut.prepared!);
    const late = await present.post(`/api/v1/commands/${laidOut.id}/transaction`, { raw });
    expect(refusal(late)).to.equal("409 KeyReplaced");
    await settled(present, queued.id);
    for (const { id } of [laidOut, queued]) {
      const { body } = await present.get<Command>(`/api/v1/commands/${id}`);
      expect([body.state, (body["error"] as { code: string }).code]).to.deep.equal([
        "Failed",
        "KeyReplaced",
      ]);
    }
    expect(await trade.chain.provider.getTransactionCount(wallet.address)).to.equal(0);
  });

  it("end the old key's sessions and machines, and let the new one in", async () => {
    const next = freshWallet();
    const { secret } = made(
      await owner.post<{ secret: string }>("/api/v1/api-keys", { name: "ERP", scopes: ["orders"] }),
    );
    const machine = new Client(trade.started.url, secret);
    const session = (await signIn(trade.started.url, wallet)).body;
    made(await propose(next.address));
    await afterTheDelay();
    expect((await owner.get("/api/v1/commands")).status).to.equal(200);
    expect((await machine.get("/api/v1/commands")).status).to.equal(200);
    made(await trade.operator.post(path("replacement")));
    for (const old of [owner, machine]) {
      expect(refusal(await old.get("/api/v1/commands"))).to.equal("401 InvalidToken");
    }
    const outside = await signIn(trade.started.url, wallet);
    expect([outside.status, outside.body.code]).to.deep.equal([403, "NotOfAnyParty"]);
    const renewed = await trade.anyone.post<{ accessToken: string }>("/api/v1/auth/refresh", {
      refreshToken: session.refreshToken,
    });
    const again = new Client(trade.started.url, renewed.body.accessToken);
    expect((await again.get("/api/v1/commands")).status).to.equal(401);
    const present = await clientOf(trade.started.url, next);
    expect((await present.get("/api/v1/commands")).status).to.equal(200);
  });

  async function settled(by: Client, id: string): Promise<void> {
    for (let tries = 0; tries < 50; tries += 1) {
      const { body } = await by.get<Command>(`/api/v1/commands/${id}`);
      if (body.state === "Failed") return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
});

function freshWallet(): Wallet {
  return new Wallet(Wallet.createRandom().privateKey);
}
