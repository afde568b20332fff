import { expect } from "chai";
import { parseSignInMessage } from "../../../backend/src/auth/sign-in-message.ts";

// The examples of EIP-4361.
const head = `example.com wants you to sign in with your Ethereum account:
0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2
`;
const statement = `
I accept the ExampleOrg Terms of Service: https://example.com/tos
`;
const fields = `
URI: https://example.com/login
Version: 1
Chain ID: 1
Nonce: 32891756
Issued At: 2021-09-30T16:25:24Z`;
const resources = `
Resources:
- ipfs://bafybeiemxf5abjwjbikoz4mc3a3dla6ual3jsgpdr4cjr3oz3evfyavhwq/
- https://example.com/my-web2-claim.json`;
const example = head + statement + fields + resources;

describe("A message to sign in with", () => {
  it("is read as EIP-4361 writes it", () => {
    expect(parseSignInMessage(example)).to.deep.equal({
      scheme: undefined,
      domain: "example.com",
      address: "0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2",
      statement: "I accept the ExampleOrg Terms of Service: https://example.com/tos",
      uri: "https://example.com/login",
      chainId: 1,
      nonce: "32891756",
      issuedAt: 1633019124,
      expiresAt: undefined,
      notBefore: undefined,
      requestId: undefined,
      resources: [
        "ipfs://bafybeiemxf5abjwjbikoz4mc3a3dla6ual3jsgpdr4cjr3oz3evfyavhwq/",
        "https://example.com/my-web2-claim.json",
      ],
    });
  });

  it("may have a scheme, a port, no statement and every optional line", () => {
    expect(parseSignInMessage(`https://${example}`)).to.include({ scheme: "https" });
    const withPort = example.replace("example.com wants", "example.com:3388 wants");
    expect(parseSignInMessage(withPort)).to.include({ domain: "example.com:3388" });
    expect(parseSignInMessage(`${head}\n${fields}`)).to.include({ statement: undefined });
    const all = `${head}${statement}${fields}
Expiration Time: 2021-10-01T16:25:24.000Z
Not Before: 2021-09-30T18:25:24+02:00
Request ID: some-id:1${resources}`;
    const read = parseSignInMessage(all);
    expect(read).to.include({ expiresAt: 1633105524, notBefore: 1633019124 });
    expect(read).to.include({ requestId: "some-id:1" });
    expect(parseSignInMessage(`${head}${statement}${fields}\nResources:`)?.resources).to.deep.equal(
      [],
    );
  });

  const broken: Readonly<Record<string, (text: string) => string>> = {
    "with an address in lower case": (text) =>
      text.replace(/0xC0\w+/, (address) => address.toLowerCase()),
    "with a wrong checksum": (text) => text.replace("0xC02a", "0xC02A"),
    "with no address": (text) => text.replace(/0xC0\w+\n/, ""),
    "with another first line": (text) => text.replace("wants you", "wants somebody"),
    "with a space in its domain": (text) =>
      text.replace("example.com wants", "example.com evil wants"),
    "with a user before its domain": (text) =>
      text.replace("example.com wants", "example.com@evil.com wants"),
    "with a path behind its domain": (text) =>
      text.replace("example.com wants", "example.com/x wants"),
    "with no domain": (text) => text.replace("example.com wants", " wants"),
    "of another version": (text) => text.replace("Version: 1", "Version: 2"),
    "with a chain that is no number": (text) => text.replace("Chain ID: 1", "Chain ID: 0x1"),
    "with a nonce of seven characters": (text) => text.replace("32891756", "3289175"),
    "with a nonce that is more than letters and digits": (text) =>
      text.replace("32891756", "3289-1756"),
    "with an hour that is none": (text) => text.replace("T16:", "T25:"),
    "with a time without its offset": (text) => text.replace("24Z", "24"),
    "with carriage returns": (text) => text.replaceAll("\n", "\r\n"),
    "with a line too many": (text) => text.replace("\nVersion", "\n\nVersion"),
    "with two statements": (text) => text.replace("I accept", "I accept\nI accept"),
    "with a character in its statement that a reader takes for another": (text) =>
      text.replace("I accept", "І accept"),
    "with fields in another order": (text) =>
      text.replace("Version: 1\nChain ID: 1", "Chain ID: 1\nVersion: 1"),
    "with a field twice": (text) => text.replace("Chain ID: 1", "Chain ID: 1\nChain ID: 1"),
    "with a line behind it": (text) => `${text}\n`,
    "with something before it": (text) => `\n${text}`,
    "with resources that are no addresses": (text) => text.replace("- ipfs://", "- "),
    "with a URI that is none": (text) =>
      text.replace("URI: https://example.com/login", "URI: login"),
    "with no URI": (text) => text.replace(/URI: .*\n/, ""),
  };

  for (const [what, breaking] of Object.entries(broken)) {
    it(`is none ${what}`, () => {
      const text = breaking(example);
      expect(text).not.to.equal(example);
      expect(parseSignInMessage(text)).to.equal(undefined);
    });
  }

  it("takes no time to be refused, however long it is", () => {
    const began = performance.now();
    for (const filler of ["a", "- https://x\n", "%41", " ", "\n"]) {
      parseSignInMessage(example.replace("I accept", filler.repeat(100_000)));
      parseSignInMessage(`${example}\n${filler.repeat(100_000)}`);
    }
    expect(performance.now() - began).to.be.lessThan(1000);
  });
});
