import { expect } from "chai";
import { Wallet } from "ethers";
import { CommandService } from "../../../backend/src/command/command.service.ts";
import { ownIntent } from "../../../backend/src/command/intent.ts";
import { Contracts } from "../../../backend/src/chain/contracts.ts";
import { DomainError } from "../../../backend/src/chain/domain-error.ts";
import { Signer } from "../../../backend/src/chain/signer.ts";
import { orderBody } from "../../support/trade-acts.ts";
import {
  administration,
  free,
  sent,
  walletOf,
  type WalletOf,
} from "../../support/trade-wallets.ts";
import { made, startTrade, type Trade } from "../../support/trade.ts";

describe("A party's key over HTTP", function () {
  this.timeout(60_000);
  let trade: Trade;
  let office: WalletOf;

  before(async () => {
    trade = await startTrade();
    office = administration(trade);
    await trade.at("2026-09-01T09:00:00");
  });

  after(() => trade.close());

  const party = async (id: string): Promise<Record<string, unknown>> =>
    made(await trade.operator.get(`/api/v1/parties/${id}`));
  const propose = (id: string, key: string): Promise<void> =>
    sent(trade, office.parties.proposeKey(id, key, free));

  it("is shown with the place of its party in the register", async () => {
    const { id } = trade.buyer;
    expect(await party(id)).to.include({ number: 1, key: id, proposedKey: null });
    expect(await party(trade.cooperative.id)).to.include({ number: 2 });
  });

  it("may be proposed anew, which the party sees and can veto", async () => {
    const { id } = trade.warehouse;
    const key = Wallet.createRandom().address;
    await propose(id, key);
    const seen = await party(id);
    expect(seen).to.include({ key: id, proposedKey: key });
    expect(seen["proposedFrom"]).to.match(/^2026-09-02T09:0/);
    const own = await walletOf(trade, trade.warehouse);
    await sent(trade, own.parties.vetoKey(free));
    expect(await party(id)).to.include({ key: id, proposedKey: null, proposedFrom: null });
  });

  it("signs nothing any more once another has taken its place", async () => {
    const { id } = trade.buyer;
    const key = Wallet.createRandom().address;
    await propose(id, key);
    expect((await trade.buyer.post("/api/v1/orders", orderBody(trade))).status).to.equal(201);
    await trade.at("2026-09-02T10:00:00");
    await sent(trade, office.parties.replaceKey(id, free));
    expect(await party(id)).to.include({ key, proposedKey: null, payoutAccount: id });
    // The backend does not keep it: a wallet is to sign.
    const { status, body } = await trade.buyer.post<{ prepared: object; state: string }>(
      "/api/v1/orders",
      orderBody(trade),
    );
    expect([status, body.state]).to.deep.equal([202, "Queued"]);
    expect(body.prepared).to.include({ nonce: 0, chainId: 31337 });
  });

  it("does not sign what was put on record before it was replaced, though anyone may do it", async () => {
    const { app } = trade.started.backend;
    const { id } = trade.buyer;
    const before = { id, key: id, roles: ["buyer"] as const };
    const { Receivables } = trade.chain.deployment.contracts;
    const act = app.get(Contracts).act("DepositCurrency", "approve", [Receivables, 7n]);
    const refused: unknown = await app
      .get(CommandService)
      .submit(ownIntent(before, "left over"), act)
      .catch((error: unknown) => error);
    expect(refused).to.be.instanceOf(DomainError);
    const { code, values } = refused as DomainError;
    expect([code, values]).to.deep.equal(["KeyReplaced", { party: id, key: id }]);
    const { deposits } = office;
    expect(await deposits.allowance(id, Receivables)).not.to.equal(7n);
  });

  it("that the backend keeps signs for its party at once", async () => {
    const { id } = trade.otherBuyer;
    const key = await trade.started.backend.app.get(Signer).create();
    await propose(id, key);
    await trade.at("2026-09-03T11:00:00");
    await sent(trade, office.parties.replaceKey(id, free));
    const issued = await trade.otherBuyer.post("/api/v1/orders", orderBody(trade));
    expect(issued.status).to.equal(201);
    expect(issued.body["buyer"]).to.equal(id);
    expect(key).not.to.equal(id);
  });
});
