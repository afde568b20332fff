import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { eventHash } from "../../backend/src/proof/event-hash.ts";
import { Namespaces } from "../../backend/src/proof/namespaces.ts";
import { checkSample } from "../../scripts/conformance/check.ts";
import { samplesIn } from "../../scripts/conformance/folder.ts";
import { Repository } from "../../scripts/conformance/repository.ts";
import { EpcisScene } from "../support/epcis.ts";
import { coldStore, context, document, harvest, packing } from "../backend/epcis/own-events.ts";

describe("The conformance run", function () {
  this.timeout(60_000);
  let scene: EpcisScene;
  let folder: string;

  before(async () => {
    scene = await EpcisScene.open([]);
    folder = await mkdtemp(join(tmpdir(), "sheaf-"));
    const write = (name: string, text: string): Promise<void> =>
      writeFile(join(folder, name), text);
    const spaces = Namespaces.of(context);
    const right = [harvest(), packing()].map((event) => eventHash(event, spaces));
    await write("good.jsonld", JSON.stringify(document(harvest(), packing())));
    await write("good.hashes", `${right.join("\n")}\n`);
    await write("wrong.jsonld", JSON.stringify(document(coldStore(), packing())));
    await write("wrong.hashes", right.join("\n"));
    await write("broken.json", JSON.stringify(document(harvest({ action: "MOVE" }))));
    await write("cut.jsonld", "{");
    await write("single.jsonld", JSON.stringify({ ...harvest(), "@context": context }));
    await write(
      "schema.json",
      JSON.stringify({ $schema: "http://json-schema.org/draft-07/schema#" }),
    );
  });

  after(async () => {
    await rm(folder, { recursive: true });
    await scene.close();
  });

  const faultsOf = async (name: string): Promise<[number, string[]]> => {
    const sample = samplesIn(folder).find((one) => one.name === name)!;
    const checks = await checkSample(sample, new Repository(scene.url));
    const faults = checks.flatMap(({ what, fault }) =>
      fault === undefined ? [] : [`${what}: ${fault}`],
    );
    return [checks.length - faults.length, faults];
  };

  it("takes documents and events, and passes over what lies beside them", () => {
    expect(samplesIn(folder).map(({ name }) => name)).to.deep.equal([
      "broken.json",
      "cut.jsonld",
      "good.jsonld",
      "single.jsonld",
      "wrong.jsonld",
    ]);
  });

  it("passes a document that is kept, comes back and hashes as it should", async () => {
    expect(await faultsOf("good.jsonld")).to.deep.equal([5, []]);
    expect(await faultsOf("single.jsonld")).to.deep.equal([2, []]);
  });

  it("fails each hash that is another one", async () => {
    const [passed, faults] = await faultsOf("wrong.jsonld");
    expect(passed).to.equal(4);
    expect(faults).to.have.length(1);
    expect(faults[0]).to.match(/^wrong\.jsonld event 1 has the hash ni:.*: got ni:/);
  });

  it("fails a document that is refused, and says where", async () => {
    const [passed, faults] = await faultsOf("broken.json");
    expect(passed).to.equal(0);
    expect(faults.join()).to.include("/epcisBody/eventList/0/action must be one of");
  });

  it("fails a file that is no JSON", async () => {
    expect(await faultsOf("cut.jsonld")).to.deep.equal([0, ["cut.jsonld: is no JSON object"]]);
  });
});
