import { expect } from "chai";
import { DomainError } from "../../../backend/src/chain/domain-error.ts";
import type { OrderSource } from "../../../backend/src/order/order-source.ts";
import { readUblOrder } from "../../../backend/src/order/ubl.ts";
import { orderXml, orderLine } from "./ubl-document.ts";

describe("A UBL order", () => {
  it("is one order for each of its lines", () => {
    const orders = readUblOrder(orderXml([orderLine({ id: 1 }), orderLine({ id: 2 })]));
    expect(orders.map(({ index, fields }) => [index, fields.number, fields.line])).to.deep.equal([
      [0, "PO-7 & sons", 1],
      [1, "PO-7 & sons", 2],
    ]);
  });

  it("gives goods, quantity, price, currency, delivery day and payment term", () => {
    const [order] = readUblOrder(orderXml([orderLine({ id: 1 })]));
    expect(order?.fields).to.deep.equal({
      number: "PO-7 & sons",
      line: 1,
      currency: "CNY",
      itemCode: "04012345123456",
      unit: "KGM",
      quantity: "100000",
      unitPrice: "7.80",
      deliverBy: "2026-12-01",
      paymentDays: 30,
    });
    expect(order?.faults).to.deep.equal([]);
  });

  it("names buyer and seller by every identifier that it gives", () => {
    const [order] = readUblOrder(orderXml([orderLine({ id: 1 })]));
    expect(order?.named).to.deep.equal({
      buyer: ["4012345000009", "Core platform"],
      seller: ["0x00000000000000000000000000000000000000C0", "Green Valley", "Green Valley Ltd"],
    });
  });

  it("names the line of the file that an order begins on", () => {
    const text = orderXml([orderLine({ id: 1 }), orderLine({ id: 2 })]);
    const lines = text.split("\n");
    for (const { line } of readUblOrder(text)) {
      expect(lines[line! - 1]).to.contain("<cac:OrderLine>");
    }
    const [first, second] = readUblOrder(text.replaceAll("\n", "\r\n")).map(({ line }) => line);
    expect(first).to.be.lessThan(second!);
  });

  it("divides a price by its base quantity, exactly or not at all", () => {
    const line = (base: string): string => orderLine({ id: 1, price: "10.00", base });
    const priced = (base: string): OrderSource => readUblOrder(orderXml([line(base)]))[0]!;
    expect(
      priced(`<cbc:BaseQuantity unitCode="KGM">4</cbc:BaseQuantity>`).fields.unitPrice,
    ).to.equal("2.5");
    const third = priced(`<cbc:BaseQuantity unitCode="KGM">3</cbc:BaseQuantity>`);
    expect(third.faults).to.deep.equal([
      { pointer: "/unitPrice", detail: "10.00 for 3 is no exact price for one" },
    ]);
    const other = priced(`<cbc:BaseQuantity unitCode="TNE">1</cbc:BaseQuantity>`);
    expect(other.faults[0]?.detail).to.equal("The price is for 1 TNE, the quantity in KGM");
    expect(priced("<cbc:BaseQuantity>0</cbc:BaseQuantity>").faults).to.have.length(1);
  });

  it("takes the seller's own item code where there is no standard one", () => {
    const item = `<cac:SellersItemIdentification><cbc:ID>RICE-5</cbc:ID></cac:SellersItemIdentification>`;
    const [order] = readUblOrder(orderXml([orderLine({ id: 1, item })]));
    expect(order?.fields.itemCode).to.equal("RICE-5");
  });

  it("leaves out what it does not say", () => {
    const [order] = readUblOrder("<Order><ID>1</ID><OrderLine/></Order>");
    expect(order?.fields).to.deep.equal({ number: "1" });
    expect(order?.named).to.deep.equal({ buyer: [], seller: [] });
  });

  it("takes a settlement period in days alone", () => {
    const text = orderXml([orderLine({ id: 1 })]).replace(`unitCode="DAY"`, `unitCode="MON"`);
    expect(readUblOrder(text)[0]?.faults).to.deep.equal([
      { pointer: "/paymentDays", detail: "The settlement period is in MON; it has to be in DAY" },
    ]);
  });
});

describe("An XML file is refused", () => {
  const refusals: readonly [string, string | Uint8Array, string, Record<string, unknown>][] = [
    [
      "with a document type",
      `<?xml version="1.0"?>\n<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;">]>\n<Order>&lol2;</Order>`,
      "DocumentTypeRefused",
      { line: 2 },
    ],
    [
      "with an external entity",
      `<!DOCTYPE Order SYSTEM "file:///etc/passwd"><Order/>`,
      "DocumentTypeRefused",
      { line: 1 },
    ],
    [
      "that is not well formed",
      "<Order>\n<ID>1</ID>\n<ID>2</IT>\n</Order>",
      "MalformedXml",
      { line: 3 },
    ],
    ["that is empty", "", "MalformedXml", { line: 1 }],
    ["that is no XML", "number,line\n1,2", "MalformedXml", { line: 1 }],
    ["with two roots", "<Order/><Order/>", "MalformedXml", { line: 1 }],
    ["that is another document", "<Invoice/>", "NotAnOrder", { root: "Invoice" }],
    [
      "of another namespace",
      `<Order xmlns="urn:example:order"><OrderLine/></Order>`,
      "NotAnOrder",
      { root: "Order" },
    ],
    ["without a line", "<Order><ID>1</ID></Order>", "NotAnOrder", {}],
    ["that is nested too deep", "<a>".repeat(100_000) + "</a>".repeat(100_000), "XmlTooDeep", {}],
    ["that is too large", new Uint8Array(10 * 1024 * 1024 + 1), "FileTooLarge", {}],
    ["that is not UTF-8", Uint8Array.of(0x3c, 0xb6, 0xa9, 0x3e), "NotUtf8", {}],
    ["with more orders than one request may bring", orderXml(many(10_001)), "TooManyOrders", {}],
  ];
  for (const [why, file, code, values] of refusals) {
    it(why, () => {
      expect(() => readUblOrder(file))
        .to.throw(DomainError)
        .that.satisfies((error: DomainError) => {
          expect(error.code).to.equal(code);
          expect(error.values).to.include(values);
          return true;
        });
    });
  }
});

function many(lines: number): string[] {
  return Array.from({ length: lines }, () => "<cac:OrderLine/>");
}
