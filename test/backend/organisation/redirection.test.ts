import { expect } from "chai";
import { Wallet } from "ethers";
import { isBeyond } from "../../../backend/src/organisation/approval.ts";
import { actKinds, worthOf } from "../../../backend/src/organisation/worth.ts";
import { Client, type Answer } from "../../support/client.ts";
import { facilityTerms } from "../../support/trade-acts.ts";
import { clientOf } from "../../support/sign-in.ts";
import { startTrade, type Trade } from "../../support/trade.ts";

const wallet = (): Wallet => new Wallet(Wallet.createRandom().privateKey);
const stateOf = ({ status, body }: Answer): unknown[] => [status, body["state"]];
const waits = [202, "Proposed"];

describe("Whoever says where money goes, or who signs", function () {
  this.timeout(60_000);
  const [maker, approver] = [wallet(), wallet()];
  const elsewhere = wallet().address;
  let trade: Trade;
  let lending: Client;
  let machine: Client;

  before(async () => {
    trade = await startTrade();
    for (const by of [trade.lender, trade.operator]) {
      for (const [{ address }, rank] of [
        [maker, "maker"],
        [approver, "approver"],
      ] as const) {
        await by.put(`/api/v1/organisation/people/${address}`, { rank, name: rank });
      }
    }
    lending = await clientOf(trade.started.url, maker, trade.lender.id);
    const key = { name: "ERP", scopes: ["finance"] };
    const { body } = await lending.post<{ secret: string }>("/api/v1/api-keys", key);
    machine = new Client(trade.started.url, body.secret);
  });

  after(() => trade.close());

  it("waits for a second person, also where the organisation has set no limit at all", async () => {
    const path = `/api/v1/parties/${trade.lender.id}/payout-account`;
    expect(stateOf(await lending.put(path, { account: elsewhere }))).to.deep.equal(waits);
    const headers = { "idempotency-key": "payout" };
    const asked = await machine.send<Record<string, unknown>>(
      "PUT",
      path,
      { account: elsewhere },
      headers,
    );
    expect(stateOf(asked)).to.deep.equal(waits);
    const second = await clientOf(trade.started.url, approver, trade.lender.id);
    const approval = `/api/v1/commands/${String(asked.body["id"])}/approval`;
    expect(stateOf(await second.post(approval))).to.deep.equal([200, "Final"]);
    const { body } = await lending.get(`/api/v1/parties/${trade.lender.id}`);
    expect(body["payoutAccount"]).to.equal(elsewhere);
  });

  it("waits with a facility that pays the lender at another account, and not with one that does not", async () => {
    const open = (changes: Readonly<Record<string, unknown>>): Promise<Answer> =>
      lending.post("/api/v1/facilities", facilityTerms(trade, changes));
    expect((await open({ number: "F-OWN" })).status).to.equal(201);
    expect((await open({ number: "F-SAME", payee: elsewhere })).status).to.equal(201);
    const other = await open({ number: "F-OTHER", payee: maker.address });
    expect(stateOf(other)).to.deep.equal(waits);
  });

  it("waits with a key for a party, which the operator's people propose", async () => {
    const { body } = await trade.operator.get("/api/v1/auth/me");
    const operating = await clientOf(trade.started.url, maker, String(body["id"]));
    const path = `/api/v1/parties/${trade.buyer.id}/key/proposal`;
    expect(stateOf(await operating.post(path, { key: wallet().address }))).to.deep.equal(waits);
  });

  it("is weighed by a kind of its own, as is who lets parties in and who gives goods away", () => {
    for (const kind of actKinds) {
      const redirects = kind === "payee" || kind === "key";
      expect(isBeyond([], worthOf(kind)), kind).to.equal(redirects);
    }
  });
});
