import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { eventObjectsOf } from "../../../backend/src/epcis/document.ts";
import type { JsonObject } from "../../../backend/src/proof/event.ts";
import { eventHash, preHash } from "../../../backend/src/proof/event-hash.ts";
import { Namespaces } from "../../../backend/src/proof/namespaces.ts";
import { coldStore, context, harvest, packing } from "../epcis/own-events.ts";

const vectors = fileURLToPath(new URL("../../../../shared/data/epcis/event-hash", import.meta.url));
const spaces = Namespaces.of(context);

describe("The event hash of CBV 2.0", () => {
  it("hashes a harvest over this string, written by hand", () => {
    expect(preHash(harvest(), spaces)).to.equal(
      "eventType=ObjectEvent" +
        "eventTime=2026-11-02T01:30:00.000Z" +
        "eventTimeZoneOffset=+08:00" +
        "quantityListquantityElement" +
        "epcClass=https://id.gs1.org/01/09500001123452/10/M-17quantity=1200.5uom=KGM" +
        "action=ADD" +
        "bizStep=https://ref.gs1.org/cbv/BizStep-commissioning" +
        "disposition=https://ref.gs1.org/cbv/Disp-active" +
        "readPointid=https://id.gs1.org/414/9500001000012" +
        "bizTransactionListtype=https://ref.gs1.org/cbv/BTT-po" +
        "bizTransaction=https://farm.example/orders/PO-7" +
        "ilmd{https://farm.example/terms/}variety=Ponkan{urn:epcglobal:cbv:mda:}lotNumber=M-17" +
        "{https://farm.example/terms/}pickers=12",
    );
  });

  it("hashes a packing over this string, written by hand", () => {
    expect(preHash(packing(), spaces)).to.equal(
      "eventType=TransformationEvent" +
        "eventTime=2026-11-03T06:00:00.250Z" +
        "eventTimeZoneOffset=+08:00" +
        "inputQuantityListquantityElement" +
        "epcClass=https://id.gs1.org/01/09500001123452/10/M-17quantity=1200.5uom=KGM" +
        "outputEPCList" +
        "epc=https://id.gs1.org/00/095000010000000012" +
        "epc=https://id.gs1.org/00/095000010000000029" +
        "bizStep=https://ref.gs1.org/cbv/BizStep-packing" +
        "bizLocationid=https://id.gs1.org/414/9500001000029",
    );
  });

  it("hashes a sensor's log over this string, written by hand", () => {
    expect(preHash(coldStore(), spaces)).to.equal(
      "eventType=ObjectEvent" +
        "eventTime=2026-11-04T00:00:00.000Z" +
        "eventTimeZoneOffset=+08:00" +
        "epcListepc=https://id.gs1.org/00/095000010000000012" +
        "action=OBSERVE" +
        "bizStep=https://ref.gs1.org/cbv/BizStep-storing" +
        "readPointid=https://id.gs1.org/414/9500001000029" +
        "sensorElementListsensorElement" +
        "sensorMetadatadeviceID=https://id.gs1.org/8004/9500001T9" +
        "{https://farm.example/terms/}synthetic=true" +
        "sensorReporttype=https://gs1.org/voc/RelativeHumidityvalue=88uom=A93" +
        "sensorReporttype=https://gs1.org/voc/Temperature" +
        "time=2026-11-04T01:00:00.000Zvalue=4.5uom=CEL",
    );
  });

  it("is the sha-256 of that string, as a name of RFC 6920", () => {
    // printf '%s' '<the packing string>' | sha256sum
    expect(eventHash(packing(), spaces)).to.match(/^ni:\/\/\/sha-256;[0-9a-f]{64}\?ver=CBV2\.0$/);
    expect(eventHash(packing(), spaces)).to.equal(
      "ni:///sha-256;c3d6522e4a117b5fc1001d8a9ff3150cc1855d02186104fb0fc62a9e4f8f867d?ver=CBV2.0",
    );
  });

  it("leaves out what is said about the event and not what happened", () => {
    const said = {
      eventID: "urn:uuid:6f1c7c58-9d3c-4d4e-8a34-0d6b3c1d0a01",
      recordTime: "2026-11-09T00:00:00Z",
      errorDeclaration: { declarationTime: "2026-11-08T00:00:00Z", "farm:why": "typing error" },
      "rdfs:comment": "for people",
    };
    expect(eventHash(harvest(said), spaces)).to.equal(eventHash(harvest(), spaces));
  });

  it("rounds a time to the millisecond by its fourth digit, into the next second if need be", () => {
    const at = (eventTime: string): string => {
      const hashed = preHash(packing({ eventTime }), spaces);
      return /eventTime=([^Z]*Z)/.exec(hashed)![1]!;
    };
    expect(at("2026-11-03T06:00:00.1414Z")).to.equal("2026-11-03T06:00:00.141Z");
    expect(at("2026-11-03T06:00:00.1425Z")).to.equal("2026-11-03T06:00:00.143Z");
    expect(at("2026-12-31T23:59:59.9995Z")).to.equal("2027-01-01T00:00:00.000Z");
  });

  it("orders by code points, also beyond those of 16 bits", () => {
    const hashed = preHash(packing({ "farm:notes": ["\u{1F34A}", "\uFF5E"] }), spaces);
    expect(hashed.indexOf("\uFF5E")).to.be.lessThan(hashed.indexOf("\u{1F34A}"));
  });

  describe("of the published vectors", function () {
    // They are not in the repository, and not everyone has them.
    const files = existsSync(vectors)
      ? readdirSync(vectors).filter((name) => name.endsWith(".jsonld"))
      : [];
    if (files.length === 0) it("are not on this machine");
    for (const name of files) {
      it(`matches ${name}`, () => {
        const lines = (kind: string): string[] =>
          readFileSync(`${vectors}/${name.replace(/jsonld$/, kind)}`, "utf8")
            .trim()
            .split(/\r?\n/);
        const document = JSON.parse(readFileSync(`${vectors}/${name}`, "utf8")) as JsonObject;
        const events = eventObjectsOf(document);
        const its = Namespaces.of(document["@context"]);
        expect(events.map((event) => preHash(event, its))).to.deep.equal(lines("prehashes"));
        expect(events.map((event) => eventHash(event, its))).to.deep.equal(lines("hashes"));
      });
    }
  });
});
