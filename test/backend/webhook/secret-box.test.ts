import { expect } from "chai";
import { SecretBox } from "../../../backend/src/webhook/secret-box.ts";

describe("A webhook's secret in the database", () => {
  it("comes back with its passphrase alone, and looks different each time", () => {
    const box = new SecretBox("one passphrase", 2);
    const [first, second] = [box.close("whsec_a"), box.close("whsec_a")];
    expect(first).not.to.equal(second);
    expect([box.open(first), box.open(second)]).to.deep.equal(["whsec_a", "whsec_a"]);
    expect(new SecretBox("another passphrase", 2).open(first)).to.equal(undefined);
    expect(new SecretBox("one passphrase", 4).open(first)).to.equal(undefined);
  });

  it("costs who guesses its passphrase as much as a key's file does", () => {
    const began = process.cpuUsage();
    new SecretBox("one passphrase", 2 ** 17);
    const { user, system } = process.cpuUsage(began);
    expect((user + system) / 1000).to.be.greaterThan(50);
  });
});
