import { expect } from "chai";
import type { TraceDto } from "../../../backend/src/trace/trace.dto.ts";
import type { EpcisProblem } from "../../support/epcis.ts";
import { EpcisScene } from "../../support/epcis.ts";
import { document, field, harvest, lot, packing, packingHouse } from "../epcis/own-events.ts";

const lotLink = "https://id.gs1.org/01/09500001123452/10/M-17";

describe("Asking for a trace", function () {
  this.timeout(60_000);
  let scene: EpcisScene;

  before(async () => {
    scene = await EpcisScene.open([field, packingHouse]);
    const { status } = await scene.capture(document(harvest(), packing()));
    expect(status).to.equal(202);
  });

  after(() => scene.close());

  const asked = (of: string, more = "") =>
    scene.other.get<TraceDto & EpcisProblem>(`/api/v1/trace?of=${encodeURIComponent(of)}${more}`);

  it("answers whoever can name the lot, in either spelling of its name", async () => {
    for (const name of [lot, lotLink, "https://shop.example/01/09500001123452/10/M-17"]) {
      const { status, body } = await asked(name);
      expect(status).to.equal(200);
      expect(body.of).to.equal(lotLink);
      expect(body.start).to.deep.equal([lotLink]);
      expect(body.events.map(({ event }) => event["type"])).to.deep.equal([
        "ObjectEvent",
        "TransformationEvent",
      ]);
    }
  });

  it("says how much there is, and that pallets are not counted in kilograms", async () => {
    const { body } = await asked(lot, "&direction=forward");
    expect(body.balances.find(({ of }) => of === "lot")).to.deep.include({
      ...{ id: lotLink, unit: "KGM", in: "1200.5", out: "1200.5", left: "0" },
    });
    expect(body.flags.map(({ code }) => code)).to.deep.equal(["UnitsDiffer"]);
    expect(body.nodes.filter(({ kind }) => kind === "party")).to.have.length(1);
  });

  it("cuts where it is asked to, and says so", async () => {
    const { body } = await asked(lot, "&most=1");
    expect(body.events).to.have.length(1);
    expect(body.isWhole).to.equal(false);
  });

  it("has nothing of what nobody knows", async () => {
    const { status, body } = await asked("https://farm.example/lots/none");
    expect([status, body.code]).to.deep.equal([404, "NotFound"]);
  });

  it("refuses what it does not understand", async () => {
    for (const more of ["&direction=sideways", "&most=0", "&most=2001", "&most=many", "&more=1"]) {
      const { status, body } = await asked(lot, more);
      expect([status, body.code], more).to.deep.equal([400, "BadInput"]);
    }
  });
});
