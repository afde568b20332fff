import { expect } from "chai";
import { interfaces } from "../../../backend/src/chain/contracts.ts";
import type { ContractName } from "../../../backend/src/chain/deployment.ts";
import { plain } from "../../../backend/src/chain/plain.ts";
import { tell } from "../../../backend/src/office/words.ts";

const one = `0x${"11".repeat(20)}`;
const two = `0x${"22".repeat(20)}`;
const naming = { party: (id: string) => (id === one ? "Mill" : id), decimals: 2, symbol: "CNY" };

/** What an office can schedule, and the words that have to be in what is said of it. */
const acts: readonly [ContractName, string, readonly unknown[], readonly string[]][] = [
  ["Parties", "admit", [two, 3, "Farm"], [two, "Farm", "buyer, cooperative"]],
  ["Parties", "setRoles", [one, 8], ["Mill", "lender"]],
  ["Parties", "proposeKey", [one, two], ["Mill", two]],
  ["Parties", "retire", [], ["for good"]],
  ["WarehouseReceipts", "setCapacity", [one, 1500n], ["Mill", "1.500"]],
  ["Facilities", "setDepositary", [7n, one], ["Mill", `0x${"0".repeat(63)}7`]],
  ["Currencies", "approveCurrency", [two], [two]],
  ["DepositCurrency", "mint", [one, 150n], ["Mill", "1.50 CNY"]],
  ["Administration", "grantRole", [1n, two, 60], [two, "60 seconds"]],
  ["Administration", "revokeRole", [1n, two], [two]],
];

describe("What an office has scheduled", () => {
  for (const [contract, method, values, words] of acts) {
    it(`is told with everything that counts: ${contract}.${method}`, () => {
      const fragment = interfaces[contract].getFunction(method)!;
      const data = interfaces[contract].encodeFunctionData(fragment, values);
      const args = plain(interfaces[contract].decodeFunctionData(fragment, data), fragment.inputs);
      const said = tell({ contract, method, args: args as Record<string, unknown> }, two, naming);
      for (const word of words) expect(said.en).to.include(word);
      expect(`${said.en} ${said.zh}`).not.to.match(/undefined|null|NaN|\[object/);
      expect(said.zh).to.match(/\p{Script=Han}.*。$/u);
    });
  }

  it("is told by its name where there are no words for it, and as strange where it is none of ours", () => {
    const call = { contract: "Parties", method: "vetoKey", args: {} } as const;
    expect(tell(call, two, naming).en).to.equal("Call Parties.vetoKey.");
    expect(tell(undefined, two, naming).en).to.include(two);
  });
});
