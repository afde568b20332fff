import { expect } from "chai";
import { getAddress, ParamType, type EventFragment, type Interface } from "ethers";
import { interfaces } from "../../../backend/src/chain/contracts.ts";
import { contractNames, type Deployment } from "../../../backend/src/chain/deployment.ts";
import {
  administrationEvents,
  LogDecoder,
  type DecodedLog,
} from "../../../backend/src/chain/log-decoder.ts";
import { plain } from "../../../backend/src/chain/plain.ts";
import { Seeded } from "../../../scripts/random/seeded.ts";

const seeded = new Seeded(20261125);
const random = (): number => Number(seeded.below(2n ** 32n)) / 2 ** 32;
const rounds = 20;

const addresses = contractNames.map((_, index) =>
  getAddress(`0x${String(index + 1).padStart(40, "0")}`),
);
const deployment = {
  contracts: Object.fromEntries(contractNames.map((name, index) => [name, addresses[index]])),
} as unknown as Deployment;
const decoder = new LogDecoder(deployment);

const hex = (bytes: number): string =>
  Array.from({ length: bytes * 2 }, () => Math.floor(random() * 16).toString(16)).join("");

/** Any value of a type, its ends among them. */
function anyOf(param: ParamType): unknown {
  if (param.arrayChildren !== null) {
    const child = param.arrayChildren;
    return Array.from({ length: Math.floor(random() * 4) }, () => anyOf(child));
  }
  if (param.components !== null) return param.components.map(anyOf);
  const [, kind, size = ""] = /^(uint|int|bytes|address|bool|string)(\d*)$/.exec(param.type)!;
  const dice = random();
  switch (kind) {
    case "uint":
    case "int": {
      const bits = BigInt(size) - (kind === "int" ? 1n : 0n);
      const most = 2n ** bits - 1n;
      if (dice < 0.1) return 0n;
      if (dice < 0.2) return most;
      const value = BigInt(`0x${hex(32)}`) & most;
      return kind === "int" && dice < 0.6 ? -value : value;
    }
    case "bytes":
      return `0x${hex(size === "" ? 5 : Number(size))}`;
    case "address":
      return dice < 0.1 ? `0x${"0".repeat(40)}` : getAddress(`0x${hex(20)}`);
    case "bool":
      return dice < 0.5;
    default:
      return dice < 0.1 ? "" : `Ordner „${hex(20)}“`;
  }
}

function decoded(
  address: string,
  abi: Interface,
  fragment: EventFragment,
): { ours: DecodedLog; theirs: unknown } {
  const { data, topics } = abi.encodeEventLog(fragment, fragment.inputs.map(anyOf));
  const log = {
    ...{ address: address.toLowerCase(), data, topics, logIndex: "0x0" },
    ...{ blockNumber: "0x1", blockHash: "0x", transactionHash: "0x" },
  };
  const theirs = plain(abi.decodeEventLog(fragment, data, topics), fragment.inputs);
  return { ours: decoder.decode(log)!, theirs };
}

describe("Events", () => {
  for (const [index, name] of contractNames.entries()) {
    it(`of ${name} are read as ethers reads them, whatever they carry`, () => {
      const abi = interfaces[name];
      let events = 0;
      abi.forEachEvent((fragment) => {
        if (name === "Administration" && !administrationEvents.has(fragment.name)) return;
        for (let round = 0; round < rounds; round += 1) {
          const { ours, theirs } = decoded(addresses[index]!, abi, fragment);
          expect(ours.args, fragment.name).to.deep.equal(theirs);
          expect(ours.name).to.equal(fragment.name);
          events += 1;
        }
      });
      expect(events > 0).to.equal(name !== "Quotes");
    });
  }

  it("are recorded with ids as 0x and 64 digits, and other integers as decimal text", () => {
    const abi = interfaces.Facilities;
    const fragment = abi.getEvent("DrawnDown")!;
    const { ours } = decoded(addresses[contractNames.indexOf("Facilities")]!, abi, fragment);
    const record = ours.form.record(ours.args);
    expect(record["facility"]).to.match(/^0x[0-9a-f]{64}$/);
    expect(BigInt(record["facility"] as string)).to.equal(ours.args["facility"]);
    expect(record["amount"]).to.equal(String(ours.args["amount"]));
    expect(Object.keys(record)).to.deep.equal(fragment.inputs.map((input) => input.name));
  });

  it("touch each account, claim and facility that they name once, and nobody where there is none", () => {
    const abi = interfaces.PurchaseOrders;
    const fragment = abi.getEvent("Transfer")!;
    const [from, to] = [`0x${"0".repeat(40)}`, addresses[0]!];
    const { data, topics } = abi.encodeEventLog(fragment, [from, to, 7n]);
    const ours = decoder.decode({
      ...{ address: addresses[contractNames.indexOf("PurchaseOrders")]!, data, topics },
      ...{ logIndex: "0x0", blockNumber: "0x1", blockHash: "0x", transactionHash: "0x" },
    })!;
    expect(ours.form.touched(ours.args)).to.deep.equal([
      { kind: "party", id: to },
      { kind: "claim", id: `0x${"7".padStart(64, "0")}` },
    ]);
    const again = { ...ours.args, from: to };
    expect(ours.form.touched(again).length).to.equal(2);
  });
});
