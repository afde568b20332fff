import { expect } from "chai";
import { HDNodeWallet, Mnemonic, Wallet } from "ethers";
import { ConfigError, parseConfig, type Config } from "../../../backend/src/config/config.ts";

const good = {
  TOKEN_SECRET: "qO3v1Zt8m4LxR0dKcY7uEw2BfHs6JpNa",
  KEYSTORE_PASSPHRASE: "9fT-harbour-Quill-72-moss",
  PUBLIC_ORIGIN: "https://sheaf.example",
};
const junk = Mnemonic.fromPhrase("test test test test test test test test test test test junk");

describe("Secrets outside the sandbox", () => {
  const faults = (environment: Record<string, string>): readonly string[] => {
    try {
      parseConfig({ ...good, ...environment });
      return [];
    } catch (error) {
      expect(error).to.be.instanceOf(ConfigError);
      return (error as ConfigError).faults;
    }
  };

  it("are taken when they were drawn at random", () => {
    expect(faults({ ADMINISTRATION_KEY: Wallet.createRandom().privateKey })).to.deep.equal([]);
  });

  const poor = [
    "",
    "short",
    "a".repeat(64),
    "abababababababababababababababababababab",
    "0123456701234567012345670123456701234567",
    "change-me-change-me-now-please-do-it!",
    "my-very-own-SANDBOX-secret-is-this-one",
    "test test test test test test test test test test test junk",
    "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80",
  ];
  for (const secret of poor) {
    it(`are refused when they are like "${secret.slice(0, 24)}"`, () => {
      const found = faults({ TOKEN_SECRET: secret, KEYSTORE_PASSPHRASE: secret }).join("\n");
      expect(found).to.match(/TOKEN_SECRET: must be a secret[^]*KEYSTORE_PASSPHRASE: must be/);
      if (secret !== "") expect(found).not.to.include(secret);
    });
  }

  it("are each their own", () => {
    expect(faults({ KEYSTORE_PASSPHRASE: good.TOKEN_SECRET })).to.deep.equal([
      "TOKEN_SECRET: must not be the KEYSTORE_PASSPHRASE",
    ]);
  });

  it("are no private key of those that every local network gives away, in any letter case", () => {
    for (let index = 0; index < 20; index += 1) {
      const { privateKey } = HDNodeWallet.fromMnemonic(junk, `m/44'/60'/0'/0/${index}`);
      for (const key of [privateKey, `0x${privateKey.slice(2).toUpperCase()}`]) {
        expect(faults({ ADMINISTRATION_KEY: key })).to.deep.equal([
          "ADMINISTRATION_KEY: must be a key that is not known to everybody",
        ]);
      }
    }
  });

  it("are a default's in a sandbox, which is nobody's loss", () => {
    const config: Config = parseConfig({ SANDBOX: "true", KEYSTORE_PASSPHRASE: "aaaa" });
    expect(config.keystorePassphrase).to.equal("aaaa");
  });

  it("are refused together with everything else that is wrong", () => {
    const found = faults({
      TOKEN_SECRET: "a".repeat(40),
      SIGNER: "remote",
      REMOTE_SIGNER_CERTIFICATE: "/nowhere/client.pem",
      RPC_URL: "http://one,two",
      FEE_CAP: "much",
      ADMINISTRATION_ACCOUNT: "0x12",
    });
    const names = found.map((fault) => fault.split(":")[0]);
    expect(names).to.have.members([
      "TOKEN_SECRET",
      "REMOTE_SIGNER_URL",
      "REMOTE_SIGNER_CERTIFICATE",
      "RPC_URL",
      "FEE_CAP",
      "ADMINISTRATION_ACCOUNT",
    ]);
  });
});
