import { expect } from "chai";
import { interfaces } from "../../../backend/src/chain/contracts.ts";
import { Database } from "../../../backend/src/database/database.ts";
import { DocumentSecretRow } from "../../../backend/src/document/document.entity.ts";
import {
  faultOfField,
  mostFields,
  type DisclosedDocument,
  type DisclosedField,
} from "../../../backend/src/proof/document.ts";
import type { Hex } from "../../../backend/src/proof/hex.ts";
import type { Answer } from "../../support/client.ts";
import { orderBody } from "../../support/trade-acts.ts";
import { made, refusal, startTrade, type Problem, type Trade } from "../../support/trade.ts";

interface Document {
  readonly root: DisclosedDocument["root"];
  readonly fields: readonly string[];
}

interface Disclosure extends DisclosedDocument {
  readonly number: number;
  readonly withdrawnAt: string | null;
}

const documents = "/api/v1/documents";
const terms = {
  kind: "order",
  fields: {
    item: "Japonica rice, milled",
    penaltyPerDay: "0.05",
    buyerContact: "Zhang Min 张敏, +86 138 0000 0000",
  },
};

describe("Documents", function () {
  this.timeout(60_000);
  let trade: Trade;

  before(async () => {
    trade = await startTrade();
  });

  after(() => trade.close());

  const committed = async (body: object = terms, by = trade.buyer): Promise<Document> =>
    made(await by.post<Document>(documents, body));
  const disclose = async (
    root: string,
    fields: readonly string[],
    audience = "public",
  ): Promise<Disclosure> =>
    made(
      await trade.buyer.post<Disclosure>(`${documents}/${root}/disclosures`, { fields, audience }),
    );
  const faults = ({ body }: Answer<Problem>): (readonly [string, string])[] =>
    (body.errors ?? []).map(({ pointer, detail }) => [pointer, detail]);

  it("carry an order's terms to the chain, of which one field is shown and proven", async () => {
    const { root, fields } = await committed();
    expect(fields).to.deep.equal(["buyerContact", "item", "penaltyPerDay"]);
    const order = made(
      await trade.buyer.post("/api/v1/orders", orderBody(trade, { termsRoot: root })),
    );
    expect(order["termsRoot"]).to.equal(root);

    const disclosed = await disclose(root, ["penaltyPerDay"]);

    const { PurchaseOrders } = interfaces;
    const topics = PurchaseOrders.encodeFilterTopics("OrderIssued", [String(order["id"])]);
    const address = trade.chain.deployment.contracts.PurchaseOrders;
    const [log] = await trade.chain.provider.getLogs({ address, topics, fromBlock: 0 });
    const { termsRoot } = PurchaseOrders.parseLog(log!)?.args["terms"] as { termsRoot: Hex };
    expect(disclosed.fields.map(({ name, value }) => [name, value])).to.deep.equal([
      ["penaltyPerDay", "0.05"],
    ]);
    for (const field of disclosed.fields) {
      const of = { root: termsRoot, kind: "order" } as const;
      expect(faultOfField(of, field)).to.equal(undefined);
      expect(faultOfField(of, { ...field, value: "0.06" })).to.equal("root");
    }
    expect(JSON.stringify(disclosed)).not.to.contain("138 0000");
  });

  it("have the same root for the same content of the same party, whoever asks at once", async () => {
    const turned = {
      kind: "order",
      fields: Object.fromEntries(Object.entries(terms.fields).reverse()),
    };
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, at) => committed(at % 2 === 0 ? terms : turned, trade.lender)),
    );
    expect(new Set(answers.map(({ root }) => root)).size).to.equal(1);
    const others = await Promise.all([
      committed(terms, trade.arbiter),
      committed({ ...terms, kind: "certificate" }, trade.lender),
    ]);
    expect(new Set([...answers, ...others].map(({ root }) => root)).size).to.equal(3);
    const secrets = await trade.started.backend.app.get(Database).read.find(DocumentSecretRow);
    expect(new Set(secrets.map(({ secret }) => secret)).size).to.equal(secrets.length);
    for (const { secret } of secrets) expect(secret).to.match(/^[0-9a-f]{64}$/);
  });

  it("are told to their party, and are not there for anybody else", async () => {
    const { root } = await committed();
    const whole = made(await trade.buyer.get(`${documents}/${root}`));
    expect(whole["fields"]).to.have.deep.members(
      Object.entries(terms.fields).map(([name, value]) => ({ name, value })),
    );
    const { items } = made(await trade.buyer.get<{ items: Document[] }>(documents));
    expect(items.map((item) => item.root)).to.include(root);
    for (const other of [trade.cooperative, trade.operator]) {
      expect(refusal(await other.get(`${documents}/${root}`))).to.equal("404 NotFound");
      const body = { fields: ["item"], audience: "public" };
      const disclosing = await other.post(`${documents}/${root}/disclosures`, body);
      expect(refusal(disclosing)).to.equal("404 NotFound");
      const list = made(await other.get<{ items: Document[] }>(documents));
      expect(list.items.map((item) => item.root)).not.to.include(root);
    }
    expect(refusal(await trade.operator.post(documents, terms))).to.equal("403 WrongRole");
  });

  it("are shown in part until that is withdrawn, and what is withdrawn stays on record", async () => {
    const { root } = await committed();
    const first = await disclose(root, ["item", "penaltyPerDay"], "bundle");
    const again = await disclose(root, ["penaltyPerDay", "item", "item"], "bundle");
    expect(again).to.deep.equal(first);
    const path = `${documents}/${root}/disclosures`;
    const gone = await trade.buyer.send("DELETE", `${path}/${first.number}`);
    expect(gone.status).to.equal(204);
    const after = await disclose(root, ["item", "penaltyPerDay"], "bundle");
    expect(after.number).to.equal(first.number + 1);
    const listed = made(await trade.buyer.get<Disclosure[]>(path));
    const states = listed.filter(({ number }) => number >= first.number);
    expect(states.map(({ withdrawnAt }) => withdrawnAt === null)).to.deep.equal([false, true]);
    expect(refusal(await trade.buyer.send("DELETE", `${path}/99`))).to.equal("404 NotFound");
    expect(refusal(await trade.lender.send("DELETE", `${path}/${after.number}`))).to.equal(
      "404 NotFound",
    );
  });

  it("are refused with every fault, in words", async () => {
    const send = (fields: unknown, more: object = {}): Promise<Answer<Problem>> =>
      trade.buyer.post<Problem>(documents, { kind: "order", fields, ...more });
    const bad = await send({ Bad: "x", good: 5, empty: " ", long: "a".repeat(2001), "a b": "x" });
    expect(bad.status).to.equal(400);
    expect(faults(bad)).to.deep.equal([
      [
        "/fields/Bad",
        "has a name that is not a lower-case letter, letters and digits, in parts divided by `.`, `-` or `_`",
      ],
      ["/fields/good", "must be a string; a number comes as text"],
      ["/fields/empty", "must not be blank"],
      ["/fields/long", "must not be longer than 2000 characters"],
      [
        "/fields/a b",
        "has a name that is not a lower-case letter, letters and digits, in parts divided by `.`, `-` or `_`",
      ],
    ]);
    expect(faults(await send({}))).to.deep.equal([["/fields", "must have at least one field"]]);
    const many = Array.from({ length: mostFields + 1 }, (_, at) => [`f${at}`, "x"] as const);
    expect(faults(await send(Object.fromEntries(many)))).to.deep.equal([
      ["/fields", `must not have more than ${mostFields} fields`],
    ]);
    const twice = await trade.buyer.post(documents, '{"kind":"order","fields":{"a":"1","a":"2"}}');
    expect(refusal(twice)).to.equal("400 MalformedBody");
    for (const text of [
      '{"constructor":"x"}',
      '{"toString":"x"}',
      '{"then":"x"}',
      '{"a":{"b":"c"}}',
      '{"constructor":{"prototype":{"x":1}}}',
      "[]",
      '"x"',
      "null",
    ]) {
      const refused = await trade.buyer.post(documents, `{"kind":"order","fields":${text}}`);
      if (text.includes("then")) expect(refused.status, text).to.equal(200);
      else expect(refusal(refused), text).to.equal("400 BadInput");
    }
    const { root } = await committed();
    const path = `${documents}/${root}/disclosures`;
    const strange = await trade.buyer.post<Problem>(path, {
      fields: ["item", "salary"],
      audience: "public",
    });
    expect(faults(strange)).to.deep.equal([["/fields/1", "is no field of this document"]]);
    const nobody = await trade.buyer.post(path, { fields: [], audience: "everyone" });
    expect(refusal(nobody)).to.equal("400 BadInput");
  });

  it("have proofs that do not fit another document's root", async () => {
    const one = await committed();
    const other = await committed({ ...terms, fields: { ...terms.fields, item: "Indica rice" } });
    const { fields } = await disclose(one.root, ["item", "penaltyPerDay"]);
    for (const field of fields satisfies readonly DisclosedField[]) {
      expect(faultOfField({ root: one.root, kind: "order" }, field)).to.equal(undefined);
      expect(faultOfField({ root: other.root, kind: "order" }, field)).to.equal("root");
    }
  });
});
