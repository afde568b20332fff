interface Line {
  readonly id: number;
  readonly quantity?: string;
  readonly price?: string;
  /** A `cbc:BaseQuantity`. */
  readonly base?: string;
  /** The identification in `cac:Item`. */
  readonly item?: string;
}

const gtin = `<cac:StandardItemIdentification><cbc:ID schemeID="0160">04012345123456</cbc:ID></cac:StandardItemIdentification>`;

/** A `cac:OrderLine`. */
export function orderLine(line: Line): string {
  const { id, quantity = "100000", price = "7.80", base = "", item = gtin } = line;
  return `<cac:OrderLine>
    <cac:LineItem>
      <cbc:ID>${id}</cbc:ID>
      <cbc:Quantity unitCode="KGM">${quantity}</cbc:Quantity>
      <cac:Price><cbc:PriceAmount currencyID="CNY">${price}</cbc:PriceAmount>${base}</cac:Price>
      <cac:Item><cbc:Name>Rice</cbc:Name>${item}</cac:Item>
    </cac:LineItem>
  </cac:OrderLine>`;
}

/** A UBL 2.1 order from "Core platform" to "Green Valley". */
export function orderXml(
  lines: readonly string[],
  number = "PO-7 &amp; sons",
  seller = "0x00000000000000000000000000000000000000C0",
): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<Order xmlns="urn:oasis:names:specification:ubl:schema:xsd:Order-2"
  xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
  xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
  <cbc:ID>${number}</cbc:ID>
  <cbc:IssueDate>2026-09-01</cbc:IssueDate>
  <cbc:DocumentCurrencyCode>CNY</cbc:DocumentCurrencyCode>
  <cac:BuyerCustomerParty><cac:Party>
    <cbc:EndpointID schemeID="0088">4012345000009</cbc:EndpointID>
    <cac:PartyName><cbc:Name>Core platform</cbc:Name></cac:PartyName>
  </cac:Party></cac:BuyerCustomerParty>
  <cac:SellerSupplierParty><cac:Party>
    <cac:PartyIdentification><cbc:ID>${seller}</cbc:ID></cac:PartyIdentification>
    <cac:PartyName><cbc:Name>Green Valley</cbc:Name></cac:PartyName>
    <cac:PartyLegalEntity><cbc:RegistrationName>Green Valley Ltd</cbc:RegistrationName></cac:PartyLegalEntity>
  </cac:Party></cac:SellerSupplierParty>
  <cac:Delivery>
    <cac:RequestedDeliveryPeriod><cbc:EndDate>2026-12-01+08:00</cbc:EndDate></cac:RequestedDeliveryPeriod>
  </cac:Delivery>
  <cac:PaymentTerms>
    <cac:SettlementPeriod><cbc:DurationMeasure unitCode="DAY">30</cbc:DurationMeasure></cac:SettlementPeriod>
  </cac:PaymentTerms>
  ${lines.join("\n  ")}
</Order>
`;
}
