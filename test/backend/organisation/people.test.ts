import { expect } from "chai";
import { Wallet } from "ethers";
import { isBeyond } from "../../../backend/src/organisation/approval.ts";
import { worthOf } from "../../../backend/src/organisation/worth.ts";
import { zeroAddress } from "../../../backend/src/chain/hex.ts";
import { Client } from "../../support/client.ts";
import { clientOf, signIn } from "../../support/sign-in.ts";
import { startTrade, type Trade } from "../../support/trade.ts";

interface People {
  readonly items: readonly { readonly account: string; readonly rank: string }[];
}

describe("The people of an organisation", function () {
  this.timeout(60_000);
  const li = new Wallet(Wallet.createRandom().privateKey);
  let trade: Trade;

  before(async () => {
    trade = await startTrade();
  });

  after(() => trade.close());

  const name = (by: Client, rank: string, account = li.address) =>
    by.put<People>(`/api/v1/organisation/people/${account}`, { rank, name: "Li Wei" });

  it("are named by whoever holds the party's key, and by nobody else", async () => {
    const { status, body } = await name(trade.buyer, "approver");
    expect(status).to.equal(200);
    expect(body.items.map(({ account, rank }) => [account, rank])).to.deep.equal([
      [trade.buyer.id, "owner"],
      [li.address, "approver"],
    ]);
    const approver = await clientOf(trade.started.url, li);
    const more = await name(approver, "approver", trade.lender.id);
    expect([more.status, (more.body as unknown as { code: string }).code]).to.deep.equal([
      403,
      "RankTooLow",
    ]);
  });

  it("may be named by the operator where the key is kept here, as nobody can sign in with it", async () => {
    const path = `/api/v1/parties/${trade.lender.id}/people/${li.address}`;
    const input = { rank: "maker", name: "Li Wei" };
    expect((await trade.operator.put(path, input)).status).to.equal(200);
    expect((await trade.buyer.put(path, input)).status).to.equal(403);
    const own = new Wallet(Wallet.createRandom().privateKey);
    const party = { name: "Own keys", roles: ["buyer"], key: own.address };
    await trade.operator.post("/api/v1/parties", party);
    const { status, body } = await trade.operator.put(
      `/api/v1/parties/${own.address}/people/${li.address}`,
      input,
    );
    expect([status, body["code"]]).to.deep.equal([403, "NotPermitted"]);
  });

  it("say for which of their organisations they sign in", async () => {
    const { status, body } = await signIn(trade.started.url, li);
    expect([status, body.code]).to.deep.equal([409, "SeveralParties"]);
    const lends = await clientOf(trade.started.url, li, trade.lender.id);
    expect((await lends.get("/api/v1/auth/me")).body).to.deep.include({
      id: trade.lender.id,
      person: { account: li.address, rank: "maker" },
    });
    const stranger = await signIn(trade.started.url, li, { party: trade.arbiter.id });
    expect([stranger.status, stranger.body.code]).to.deep.equal([403, "NotOfAnyParty"]);
  });

  it("may do at once no more than their present rank, and nothing when they have left", async () => {
    const client = await clientOf(trade.started.url, li, trade.buyer.id);
    await name(trade.buyer, "viewer");
    const me = await client.get<{ person: { rank: string } }>("/api/v1/auth/me");
    expect(me.body.person.rank).to.equal("viewer");
    const gone = await trade.buyer.send("DELETE", `/api/v1/organisation/people/${li.address}`);
    expect(gone.status).to.equal(204);
    expect((await client.get("/api/v1/auth/me")).status).to.equal(401);
    const again = await trade.buyer.send("DELETE", `/api/v1/organisation/people/${li.address}`);
    expect(again.status).to.equal(404);
  });

  it("are picked in the sandbox, too, where they are named", async () => {
    await name(trade.buyer, "viewer");
    const pick = (person: string) =>
      trade.anyone.post("/api/v1/auth/sandbox", { party: trade.buyer.id, person });
    expect((await pick(li.address)).status).to.equal(200);
    expect((await pick(trade.lender.id)).status).to.equal(400);
  });

  it("see limits as they were set, and every fault of those that cannot be", async () => {
    const set = (items: object[]) =>
      trade.buyer.put<{ errors?: { pointer: string }[] }>("/api/v1/organisation/limits", { items });
    const items = [
      { kind: "any", currency: "CNY", amount: "10.00" },
      { kind: "drawdown", currency: "CNY", amount: "0.50" },
      { kind: "payee" },
    ];
    expect((await set(items)).body).to.deep.equal({ items });
    const { status, body } = await set([
      { kind: "order", amount: "1.00" },
      { kind: "payee" },
      { kind: "payee" },
    ]);
    expect(status).to.equal(400);
    expect(body.errors?.map(({ pointer }) => pointer)).to.deep.equal(["/items/0", "/items/2"]);
    expect((await set([{ kind: "order", currency: "XAU", amount: "1.00" }])).status).to.equal(400);
    expect((await trade.buyer.get("/api/v1/organisation/limits")).body).to.deep.equal({ items });
    expect((await trade.lender.get("/api/v1/organisation/limits")).body).to.deep.equal({
      items: [],
    });
    const nested = await set([[]]);
    expect([nested.status, nested.body.errors?.map(({ pointer }) => pointer)]).to.deep.equal([
      400,
      ["/items"],
    ]);
  });
});

describe("A limit", () => {
  const yuan = { token: `0x${"1".repeat(40)}`, symbol: "CNY", decimals: 2 };
  const euro = { token: `0x${"2".repeat(40)}`, symbol: "EUR", decimals: 2 };
  const limit = (kind: "any" | "order" | "goods", amount: bigint, currency = yuan.token) => ({
    kind,
    currency,
    amount,
  });

  it("is passed by what is worth more, in its own currency, all acts together", () => {
    const limits = [limit("order", 100n)];
    expect(isBeyond(limits, worthOf("order", [[yuan, 100n]]))).to.equal(false);
    expect(isBeyond(limits, worthOf("order", [[yuan, 101n]]))).to.equal(true);
    expect(
      isBeyond(
        limits,
        worthOf("order", [
          [yuan, 60n],
          [yuan, 41n],
        ]),
      ),
    ).to.equal(true);
    expect(isBeyond(limits, worthOf("order", [[euro, 101n]]))).to.equal(false);
    expect(
      isBeyond(
        limits,
        worthOf("order", [
          [euro, 1n],
          [yuan, 101n],
        ]),
      ),
    ).to.equal(true);
  });

  it("of its own kind goes before one of any kind", () => {
    const limits = [limit("any", 10n), limit("order", 100n)];
    expect(isBeyond(limits, worthOf("order", [[yuan, 50n]]))).to.equal(false);
    expect(isBeyond(limits, worthOf("payment", [[yuan, 50n]]))).to.equal(true);
  });

  it("without an amount holds up every act of its kind", () => {
    const limits = [limit("goods", 0n, zeroAddress)];
    expect(isBeyond(limits, worthOf("goods"))).to.equal(true);
    expect(isBeyond(limits, worthOf("order", [[yuan, 1n]]))).to.equal(false);
    expect(isBeyond([], worthOf("goods"))).to.equal(false);
  });
});
