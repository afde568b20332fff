import { expect } from "chai";
import { readEnvironment } from "../../scripts/deploy/environment.ts";

const key = `0x${"11".repeat(32)}`;
/** The account of that key. */
const deployer = "0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A";
const bare = { RPC_URL: "http://localhost:8545", DEPLOYER_KEY: key };
const account = (digit: number): string => `0x${String(digit).repeat(40)}`;
const manned = {
  ...bare,
  ADMINISTRATOR: account(1),
  OPERATOR: account(2),
  SUPERVISOR: account(3),
  GUARDIAN: account(4),
  ANCHORER: account(6),
  ADMINISTRATION_DELAY: "172800",
};
const offices = ["ADMINISTRATOR", "OPERATOR", "SUPERVISOR", "GUARDIAN", "ANCHORER"] as const;

function faults(variables: Readonly<Record<string, string | undefined>>): string[] {
  try {
    readEnvironment(variables);
    return [];
  } catch (error) {
    return error instanceof Error ? error.message.split("\n") : [];
  }
}

describe("What npm run deploy is told", () => {
  it("is a network and a key, and then the deployer administers", () => {
    expect(readEnvironment(bare)).to.deep.equal({ url: bare.RPC_URL, key });
  });

  it("is, in production, who holds which office and how long its acts wait", () => {
    expect(readEnvironment(manned).offices).to.deep.equal({
      administrator: account(1),
      operator: account(2),
      supervisor: account(3),
      guardian: account(4),
      anchorer: account(6),
      delay: 172_800,
    });
  });

  for (const url of [undefined, "", "localhost:8545", "ws://localhost", "http://"])
    it(`names a network's address that is none: ${url ?? "nothing"}`, () => {
      expect(faults({ ...bare, RPC_URL: url })).to.deep.equal([
        "RPC_URL: must be the network's http or https address",
      ]);
    });

  for (const bad of [
    undefined,
    "",
    "11".repeat(32),
    key.slice(0, -1),
    `0x${"0".repeat(64)}`,
    `0x${"f".repeat(64)}`,
  ])
    it(`names a key that is none: ${bad ?? "nothing"}`, () => {
      expect(faults({ ...bare, DEPLOYER_KEY: bad })).to.deep.equal([
        "DEPLOYER_KEY: must be a private key, 0x and 64 hexadecimal digits",
      ]);
    });

  for (const office of offices)
    for (const bad of [
      undefined,
      "",
      "treasurer",
      account(5).slice(2),
      account(5).slice(0, -1),
      "XE65GB6LDNXYOFTX0NSV3FUWKOWIXAMJK36",
      "0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2a",
    ])
      it(`names the ${office} that is no address: ${bad ?? "nothing"}`, () => {
        expect(faults({ ...manned, [office]: bad })).to.deep.equal([
          `${office}: must be an address, like those of the other offices`,
        ]);
      });

  for (const office of offices)
    it(`names the ${office} that is nobody's account`, () => {
      expect(faults({ ...manned, [office]: account(0) })).to.deep.equal([
        `${office}: must be somebody's account`,
      ]);
    });

  for (const office of offices)
    it(`names the ${office} that is the deployer, which is left with no role`, () => {
      for (const same of [deployer, deployer.toLowerCase()])
        expect(faults({ ...manned, [office]: same })).to.deep.equal([
          `${office}: must not be the deployer, which is left with no role`,
        ]);
    });

  for (const [later, office] of offices.entries())
    for (const earlier of offices.slice(0, later))
      it(`names the ${office} that is the ${earlier} too`, () => {
        expect(faults({ ...manned, [office]: manned[earlier] })).to.deep.equal([
          `${office}: must not be the ${earlier.toLowerCase()} too`,
        ]);
      });

  for (const bad of [undefined, "", "0", "-1", "1.5", "2 days", "01", "10000000"])
    it(`names a delay that is none: ${bad ?? "nothing"}`, () => {
      expect(faults({ ...manned, ADMINISTRATION_DELAY: bad })).to.deep.equal([
        "ADMINISTRATION_DELAY: must be a number of seconds, at most 9999999",
      ]);
    });

  it("names everything that is wrong at once", () => {
    expect(faults({ GUARDIAN: "me" }).map((fault) => fault.split(":")[0])).to.deep.equal([
      "RPC_URL",
      "DEPLOYER_KEY",
      ...offices,
      "ADMINISTRATION_DELAY",
    ]);
  });

  it("does not repeat the key in what it says", () => {
    const bad = `${key}ff`;
    expect(faults({ ...bare, DEPLOYER_KEY: bad }).join()).not.to.contain("1111");
  });
});
