import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect } from "chai";
import { concat, getBytes, id, keccak256 } from "ethers";
import { interfaces } from "../../../backend/src/chain/contracts.ts";
import { parseStored, storedEvent } from "../../../backend/src/epcis/stored-event.ts";
import { preHash } from "../../../backend/src/proof/event-hash.ts";
import type { Hex } from "../../../backend/src/proof/hex.ts";
import { leafOf } from "../../../backend/src/proof/leaf.ts";
import { Namespaces } from "../../../backend/src/proof/namespaces.ts";
import { checkEvent } from "../../../backend/src/proof/provable-event.ts";

const page = readFileSync(new URL("../../../docs/anchors.md", import.meta.url), "utf8");

function block(language: string): string {
  const found = new RegExp(`^\`\`\`${language}\n([^]*?)\n\`\`\`$`, "m").exec(page);
  if (found === null) throw new Error(`docs/anchors.md has no ${language}.`);
  return found[1]!;
}

function row(what: string): Hex {
  const found = new RegExp(`^\\| ${what} +\\| \`(0x[0-9a-f]{64})\` \\|$`, "m").exec(page);
  if (found === null) throw new Error(`docs/anchors.md has no ${what}.`);
  return found[1] as Hex;
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

describe("The worked example of docs/anchors.md", () => {
  const body = block("stored");
  const words = block("words").split("\n");
  const event = parseStored(body);
  const namespaces = Namespaces.of(event["@context"]);
  const party = /captured by `(0x[0-9a-fA-F]{40})` as its event 41/.exec(page)![1]!;

  it("has the event as it is stored, its string and both digests", () => {
    const stored = storedEvent(event, namespaces);
    expect(stored.body).to.equal(body);
    expect(preHash(event, namespaces)).to.equal(block("prehash"));
    expect(words[1]).to.equal(sha256(body));
    expect(words[2]).to.equal(sha256(block("prehash")));
    expect([stored.sha256, stored.hash]).to.deep.equal([words[1], words[2]]);
  });

  it("has the words that are hashed, and the leaf", () => {
    expect(`0x${words[0]!}`).to.equal(id("Sheaf.Event.v1"));
    expect(words[3]!.slice(24)).to.equal(party.slice(2).toLowerCase());
    expect(Number(`0x${words[4]!}`)).to.equal(41);
    expect(getBytes(`0x${words.join("")}`)).to.have.length(160);
    expect(keccak256(`0x${words.join("")}`)).to.equal(row("leaf"));
    const parts = { sha256: words[1]!, hash: words[2]!, party, sequence: 41 };
    expect(leafOf(parts)).to.equal(row("leaf"));
  });

  it("leads to its root", () => {
    expect(keccak256(concat([row("node beside it"), row("leaf")]))).to.equal(
      row("root of the two"),
    );
    const root = row("root of the two");
    const provable = {
      ...{ event, party, sequence: 41, sha256: words[1]!, hash: words[2]!, recordTime: 0 },
      anchor: {
        ...{ root, first: 1, count: 2, index: 0, proof: [row("node beside it")], by: party },
        ...{ transaction: root, block: 1, at: 1 },
      },
    };
    expect(checkEvent(provable)).to.deep.equal({ fault: undefined, root });
  });

  it("asks the chain with the right selector", () => {
    const { selector } = interfaces.Provenance.getFunction("anchorOf")!;
    expect(/"data":"(0x[0-9a-f]{8})</.exec(page)![1]).to.equal(selector);
  });
});
