import { expect } from "chai";
import { verifyTypedData, Wallet, type TypedDataDomain, type TypedDataField } from "ethers";
import { Signer } from "../../../backend/src/chain/signer.ts";
import type { Client } from "../../support/client.ts";
import { clientOf } from "../../support/sign-in.ts";
import { delivered, orderBody, storyOrder } from "../../support/trade-acts.ts";
import { made, refusal, startTrade, type Trade } from "../../support/trade.ts";
import { signedAsLaidOut, type Prepared } from "../../support/wallet-signing.ts";

interface TypedData {
  readonly domain: TypedDataDomain;
  readonly types: Record<string, TypedDataField[]>;
  readonly primaryType: string;
  readonly message: Record<string, string>;
}

interface Consent {
  readonly says: { readonly en: string; readonly zh: string };
  readonly account: string;
  readonly nonce: string;
  readonly deadline: string;
  readonly typedData: TypedData;
  readonly signature: string | null;
}

const deadline = "2026-12-31T23:59:59+08:00";

describe("What a party signs for somebody else to hand in", function () {
  this.timeout(120_000);
  let trade: Trade;
  let order: string;

  before(async () => {
    trade = await startTrade();
    await trade.at("2026-09-01T09:00:00");
    order = await storyOrder(trade, "PO-CONSENT");
    await trade.at("2026-09-05T10:00:00");
  });

  after(() => trade.close());

  const given = async (by: Client, path: string, body: object, headers = {}): Promise<Consent> =>
    made(await by.post<Consent>(path, body, headers));
  const signedBy = ({ typedData, signature }: Consent): string => {
    const { EIP712Domain: _, ...types } = typedData.types;
    return verifyTypedData(typedData.domain, types, typedData.message, signature!);
  };
  const fromWallet = (wallet: Wallet, { typedData }: Consent): Promise<string> => {
    const { EIP712Domain: _, ...types } = typedData.types;
    return wallet.signTypedData(typedData.domain, types, typedData.message);
  };
  const handing = ({ nonce, deadline: until }: Consent, signature: string | null) => ({
    nonce,
    deadline: until,
    signature: signature!,
  });
  const walletParty = async (role: string): Promise<{ client: Client; wallet: Wallet }> => {
    const wallet = new Wallet(Wallet.createRandom().privateKey);
    const body = { name: `Wallet ${role}`, roles: [role], key: wallet.address };
    made(await trade.operator.post("/api/v1/parties", body));
    return { wallet, client: await clientOf(trade.started.url, wallet) };
  };

  describe("an offer of a receivable", () => {
    let number = 0;
    const owed = async (): Promise<string> => {
      number += 1;
      return delivered(trade, order, number, "1000.000");
    };
    const terms = (assignee: string) => ({
      assignee,
      price: "6400.00",
      outstanding: "6500.00",
      deadline,
    });
    const sale = { price: "6400.00", outstanding: "6500.00" };

    it("is told in words, signed by the key that is kept, and takes the claim for the price", async () => {
      const id = await owed();
      const path = `/api/v1/receivables/${id}`;
      const before = await trade.cash("cooperative");
      const consent = await given(trade.cooperative, `${path}/offer`, terms(trade.otherLender.id));
      expect(consent.says.en).to.include("6500.00 CNY");
      expect(consent.says.en).to.include("to City bank for 6400.00 CNY");
      expect(consent.says.zh).to.include("City bank");
      expect(signedBy(consent)).to.equal(trade.cooperative.id);
      const body = { ...sale, ...handing(consent, consent.signature) };
      // Whoever it was not offered to is told nothing of it.
      expect(refusal(await trade.lender.post(`${path}/assignment`, body))).to.equal(
        "404 NoReceivable",
      );
      const bought = made(await trade.otherLender.post(`${path}/assignment`, body));
      expect(bought).to.include({ holder: trade.otherLender.id, assigned: true });
      expect(Number(await trade.cash("cooperative")) - Number(before)).to.equal(6400);
      const again = await trade.otherLender.post(`${path}/assignment`, body);
      expect(again.status).to.be.within(404, 409);
    });

    it("for another price, amount, buyer or deadline than was signed is none", async () => {
      const id = await owed();
      const path = `/api/v1/receivables/${id}`;
      const consent = await given(trade.cooperative, `${path}/offer`, terms(trade.otherLender.id));
      const body = { ...sale, ...handing(consent, consent.signature) };
      for (const change of [
        { price: "0.01" },
        { outstanding: "6499.99" },
        { nonce: `${consent.nonce}0`.slice(0, 40) },
        { deadline: "2027-12-31T23:59:59+08:00" },
        { signature: `0x${"11".repeat(65)}` },
        { signature: "0x" },
      ]) {
        const answer = await trade.otherLender.post(`${path}/assignment`, { ...body, ...change });
        expect(refusal(answer), JSON.stringify(change)).to.equal("404 NoReceivable");
      }
    });

    it("is the holder's alone, at the amount that is outstanding, and to a lender", async () => {
      const id = await owed();
      const path = `/api/v1/receivables/${id}/offer`;
      const offer = terms(trade.otherLender.id);
      expect(refusal(await trade.buyer.post(path, offer))).to.equal("403 NotPermitted");
      expect(refusal(await trade.otherBuyer.post(path, offer))).to.equal("404 NoReceivable");
      const { cooperative } = trade;
      expect(refusal(await cooperative.post(path, { ...offer, outstanding: "1.00" }))).to.equal(
        "409 StaleState",
      );
      expect(refusal(await cooperative.post(path, terms(trade.buyer.id)))).to.equal("400 BadInput");
    });

    it("is the same one for the same request, and void once it is taken back", async () => {
      const id = await owed();
      const path = `/api/v1/receivables/${id}`;
      const headers = { "idempotency-key": "offer-once" };
      const offer = terms(trade.otherLender.id);
      const first = await given(trade.cooperative, `${path}/offer`, offer, headers);
      const second = await given(trade.cooperative, `${path}/offer`, offer, headers);
      expect(second).to.deep.equal(first);
      const revocation = { about: "receivables", nonce: first.nonce };
      made(await trade.cooperative.post("/api/v1/consents/revocation", revocation));
      const body = { ...sale, ...handing(first, first.signature) };
      const late = await trade.otherLender.post(`${path}/assignment`, body);
      expect(refusal(late)).to.equal("409 NonceUsed");
    });

    it("beyond the organisation's limit is signed by nobody but the owner", async () => {
      const id = await owed();
      const path = `/api/v1/receivables/${id}/offer`;
      const maker = new Wallet(Wallet.createRandom().privateKey);
      const { cooperative } = trade;
      const people = `/api/v1/organisation/people/${maker.address}`;
      made(await cooperative.put(people, { rank: "maker", name: "Maker" }));
      const items = [{ kind: "assignment", currency: "CNY", amount: "6499.99" }];
      made(await cooperative.put("/api/v1/organisation/limits", { items }));
      const by = await clientOf(trade.started.url, maker, cooperative.id);
      const offer = terms(trade.otherLender.id);
      expect(refusal(await by.post(path, offer))).to.equal("403 ConsentBeyondLimit");
      expect((await given(cooperative, path, offer)).signature).not.to.equal(null);
      made(await cooperative.put("/api/v1/organisation/limits", { items: [] }));
    });

    it("is bought by a wallet with a permit, and no approval before", async () => {
      const id = await owed();
      const path = `/api/v1/receivables/${id}`;
      const { wallet, client } = await walletParty("lender");
      made(
        await trade.operator.post("/api/v1/sandbox/money", {
          party: wallet.address,
          amount: "7000.00",
        }),
      );
      const consent = await given(trade.cooperative, `${path}/offer`, terms(wallet.address));
      const asked = { about: "receivables", currency: "CNY", amount: "6400.00", deadline };
      const permit = await given(client, "/api/v1/consents/permit", asked);
      expect(permit.signature).to.equal(null);
      expect(permit.says.en).to.include("up to 6400.00 CNY");
      const body = { ...sale, ...handing(consent, consent.signature) };
      const without = await client.post(`${path}/assignment`, body);
      expect(refusal(without)).to.equal("422 PayerFundsUnavailable");
      const answer = await client.post<{ id: string; prepared: Prepared }>(`${path}/assignment`, {
        ...body,
        permit: { amount: "6400.00", deadline, signature: await fromWallet(wallet, permit) },
      });
      expect(answer.status).to.equal(202);
      const raw = signedAsLaidOut(wallet, answer.body.prepared);
      made(await client.post(`/api/v1/commands/${answer.body.id}/transaction`, { raw }));
      const { body: receivable } = await client.get(path);
      expect(receivable).to.include({ holder: wallet.address, assigned: true });
    });
  });

  describe("a seller's acceptance of an order that is not issued", () => {
    const agreed = (changes: object = {}) =>
      orderBody(trade, changes) as Record<string, unknown> & { seller: string };

    it("makes it accepted as it is issued", async () => {
      const body = agreed();
      const consent = await given(trade.cooperative, "/api/v1/orders/consent", {
        ...body,
        buyer: trade.buyer.id,
        validUntil: deadline,
      });
      expect(consent.says.en).to.include("1000 KGM of RICE-5 at 7.80 CNY, 7800.00 CNY in all");
      expect(signedBy(consent)).to.equal(trade.cooperative.id);
      const acceptance = handing(consent, consent.signature);
      const answer = await trade.buyer.post("/api/v1/orders/accepted", { ...body, acceptance });
      expect([answer.status, answer.body["status"]]).to.deep.equal([201, "Accepted"]);
      const again = await trade.buyer.post("/api/v1/orders/accepted", { ...body, acceptance });
      expect([again.status, again.body["id"]]).to.deep.equal([200, answer.body["id"]]);
    });

    it("of other terms, or by another, is none", async () => {
      const body = agreed();
      const consent = await given(trade.cooperative, "/api/v1/orders/consent", {
        ...body,
        buyer: trade.buyer.id,
        validUntil: deadline,
      });
      const acceptance = handing(consent, consent.signature);
      const issue = (by: Client, changes: object) =>
        by.post("/api/v1/orders/accepted", { ...body, ...changes, acceptance });
      expect(refusal(await issue(trade.buyer, { unitPrice: "7.79" }))).to.equal(
        "422 InvalidSignature",
      );
      expect(refusal(await issue(trade.otherBuyer, {}))).to.equal("422 InvalidSignature");
      const other = { ...body, buyer: trade.buyer.id, validUntil: deadline };
      expect(refusal(await trade.otherCooperative.post("/api/v1/orders/consent", other))).to.equal(
        "400 BadInput",
      );
    });
  });

  describe("a release of earmarked goods", () => {
    it("lets the buyer fetch them: despatched and accepted in one", async () => {
      const fetched = await storyOrder(trade, "PO-FETCH");
      const ticket = {
        ticket: "WT-FETCH",
        depositor: trade.cooperative.id,
        itemCode: "RICE",
        unit: "KGM",
        lot: "L1",
        quantity: "500.000",
        lossAllowanceBps: 0,
      };
      const { id: receipt } = made(await trade.warehouse.post("/api/v1/receipts", ticket));
      const earmark = { order: fetched };
      made(await trade.cooperative.post(`/api/v1/receipts/${String(receipt)}/earmark`, earmark));
      const path = `/api/v1/orders/${fetched}/deliveries`;
      const goods = { number: 1, receipt, quantity: "200.000" };
      const consent = await given(trade.cooperative, `${path}/release`, { ...goods, deadline });
      expect(consent.says.en).to.include("Let Core platform take 200.000 KGM");
      expect(signedBy(consent)).to.equal(trade.cooperative.id);
      const body = { ...goods, ...handing(consent, consent.signature) };
      expect(
        refusal(await trade.buyer.post(`${path}/fetched`, { ...body, quantity: "201.000" })),
      ).to.equal("422 InvalidSignature");
      const { status, body: delivery } = await trade.buyer.post(`${path}/fetched`, body);
      expect(status).to.equal(201);
      expect(delivery).to.include({ status: "Accepted", accepted: "200.000", receipt });
    });
  });

  it("is nothing else: a key that is kept signs no transaction as typed data", async () => {
    const signer = trade.started.backend.app.get(Signer);
    for (const bytes of ["0x02f86b", `0x1901${"00".repeat(63)}`, `0x1902${"00".repeat(64)}`]) {
      const refused: unknown = await signer
        .signTyped(trade.buyer.id, bytes)
        .catch((error: unknown) => error);
      expect(String(refused)).to.include("no bytes of EIP-712");
    }
  });
});
