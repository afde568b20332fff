const context = [
  "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
  { farm: "https://farm.example/terms/" },
];

export const field = "https://id.gs1.org/414/9500001000012";

/** A document of so many harvests, each of a lot of its own. */
export function harvests(from: number, count: number): object {
  return {
    "@context": context,
    type: "EPCISDocument",
    schemaVersion: "2.0",
    creationDate: "2026-11-02T10:00:00+08:00",
    epcisBody: {
      eventList: Array.from({ length: count }, (_, index) => harvest(from + index)),
    },
  };
}

function harvest(number: number): object {
  const lot = `H-${number}`;
  return {
    type: "ObjectEvent",
    eventTime: "2026-11-02T09:30:00+08:00",
    eventTimeZoneOffset: "+08:00",
    action: "ADD",
    bizStep: "commissioning",
    disposition: "active",
    readPoint: { id: field },
    quantityList: [
      { epcClass: `urn:epc:class:lgtin:9500001.012345.${lot}`, quantity: 1200.5, uom: "KGM" },
    ],
    bizTransactionList: [
      { type: "po", bizTransaction: `https://farm.example/orders/PO-${number % 100}` },
    ],
    ilmd: { "cbvmda:lotNumber": lot, "farm:variety": "Ponkan" },
    "farm:pickers": "12",
  };
}
