import { expect } from "chai";
import { EpcisEventRow } from "../../../backend/src/epcis/epcis.entity.ts";
import { EpcisScene } from "../../support/epcis.ts";
import { document, field, harvest, packing, packingHouse } from "./own-events.ts";

describe("Many who capture at once", function () {
  this.timeout(60_000);
  let scene: EpcisScene;

  before(async () => {
    scene = await EpcisScene.open([field, packingHouse]);
  });

  after(() => scene.close());

  it("have each event on record once, with sequence numbers that leave nothing out", async () => {
    const { readPoint: _, ...anywhere } = harvest();
    const day = (place: number): string => `2026-10-${String((place % 28) + 1).padStart(2, "0")}`;
    const answers = await Promise.all(
      Array.from({ length: 24 }, (_each, place) => {
        const eventTime = `${day(Math.floor(place / 2))}T00:00:00Z`;
        const events = [
          { ...anywhere, eventTime },
          { ...anywhere, eventTime, disposition: "in_progress" },
        ];
        const by = place % 4 < 2 ? scene.cooperative : scene.other;
        return scene.capture(document(...events), { by });
      }),
    );
    expect(new Set(answers.map(({ status }) => status))).to.deep.equal(new Set([202]));
    const rows = await scene.database.read.find(EpcisEventRow, { order: { id: "ASC" } });
    expect(rows.map(({ id }) => id)).to.deep.equal(rows.map((_row, place) => place + 1));
    for (const party of new Set(rows.map((row) => row.party))) {
      const own = rows.filter((row) => row.party === party);
      expect(own.map(({ sequence }) => sequence)).to.deep.equal(own.map((_row, at) => at + 1));
      expect(new Set(own.map(({ sha256 }) => sha256)).size).to.equal(own.length);
    }
    expect(rows).to.have.length(24);
  });

  it("have a document in place order on record, whoever else captures meanwhile", async () => {
    const events = Array.from({ length: 300 }, (_, place) =>
      packing({
        eventTime: `2026-09-01T00:${String(place % 60).padStart(2, "0")}:0${place % 10}Z`,
        "farm:n": String(place),
      }),
    );
    await Promise.all([
      scene.capture(document(...events)),
      scene.capture(document(harvest({ eventTime: "2026-09-02T00:00:00Z" }))),
    ]);
    const kept = await scene.events("/events?eventType=TransformationEvent&perPage=500");
    expect(kept.map((event) => event["farm:n"])).to.deep.equal(
      events.map((event) => event["farm:n"]),
    );
  });
});
