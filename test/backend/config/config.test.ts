import { expect } from "chai";
import { ConfigError, parseConfig } from "../../../backend/src/config/config.ts";

describe("The configuration", () => {
  it("needs nothing in a sandbox but to be told that it is one", () => {
    const config = parseConfig({ SANDBOX: "true" });
    expect(config).to.include({ port: 3000, sandbox: true, finalityBlocks: 0, host: "127.0.0.1" });
    expect(config.gas).to.deep.equal({ price: 0n, limit: 30_000_000n });
  });

  it("refuses default secrets outside the sandbox", () => {
    expect(() => parseConfig({})).to.throw(ConfigError, /TOKEN_SECRET[^]*KEYSTORE_PASSPHRASE/);
  });

  it("lets nobody make a process die that is no sandbox's", () => {
    const at = { CRASH_AT: "before-broadcast:3" };
    expect(parseConfig({ ...at, SANDBOX: "true" }).crashAt).to.deep.equal({
      point: "before-broadcast",
      nth: 3,
    });
    expect(() => parseConfig(at)).to.throw(ConfigError, /CRASH_AT: must be left out/);
  });

  it("lists everything that is wrong at once", () => {
    const faulty = {
      SANDBOX: "maybe",
      PORT: "70000",
      RPC_URL: "localhost",
      LOG_LEVEL: "loud",
      ADMINISTRATION_KEY: "0x12",
      GAS_PRICE: "cheap",
      DATABASE_URL: "mysql://localhost/sheaf",
      CRASH_AT: "never",
    };
    try {
      parseConfig(faulty);
      expect.fail("it was taken");
    } catch (error) {
      expect(error).to.be.instanceOf(ConfigError);
      const { faults } = error as ConfigError;
      for (const name of Object.keys(faulty)) expect(faults.join("\n")).to.include(`${name}:`);
    }
  });
});
