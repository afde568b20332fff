import { expect } from "chai";
import { ConfigError, parseConfig } from "../../../backend/src/config/config.ts";

describe("The configuration", () => {
  it("needs nothing in a sandbox but to be told that it is one", () => {
    const config = parseConfig({ SANDBOX: "true" });
    expect(config).to.include({ port: 3000, sandbox: true, finalityBlocks: 0, host: "127.0.0.1" });
    expect(config.gas).to.include({ price: 0n, limit: 30_000_000n });
  });

  it("refuses default secrets outside the sandbox", () => {
    expect(() => parseConfig({})).to.throw(ConfigError, /TOKEN_SECRET[^]*KEYSTORE_PASSPHRASE/);
  });

  it("wants to be told outside the sandbox where it is, as no request can be believed about it", () => {
    expect(() => parseConfig({})).to.throw(ConfigError, /PUBLIC_ORIGIN/);
    const here = parseConfig({ SANDBOX: "true", PUBLIC_ORIGIN: "https://Sheaf.example:443/" });
    expect(here.publicOrigin).to.equal("https://sheaf.example");
  });

  it("lets nobody call from elsewhere, believes no proxy and limits no rate in a sandbox", () => {
    const config = parseConfig({ SANDBOX: "true" });
    expect(config).to.deep.include({ corsOrigins: [], trustProxy: false });
    expect(config.rates).to.deep.equal({ address: 0, caller: 0, signIn: 0 });
    const told = parseConfig({
      SANDBOX: "true",
      CORS_ORIGINS: "https://a.example, https://b.example:8443",
      TRUST_PROXY: "10.0.0.0/8, ::1",
      RATE_LIMIT_SIGN_IN: "5",
    });
    expect(told.corsOrigins).to.deep.equal(["https://a.example", "https://b.example:8443"]);
    expect([told.trustProxy, told.rates.signIn]).to.deep.equal(["10.0.0.0/8,::1", 5]);
    expect(parseConfig({ SANDBOX: "true", TRUST_PROXY: "2" }).trustProxy).to.equal(2);
  });

  it("lets nobody make a process die that is no sandbox's", () => {
    const at = { CRASH_AT: "before-broadcast:3" };
    expect(parseConfig({ ...at, SANDBOX: "true" }).crashAt).to.deep.equal({
      point: "before-broadcast",
      nth: 3,
    });
    expect(() => parseConfig(at)).to.throw(ConfigError, /CRASH_AT: must be left out/);
  });

  it("has one account that anchors, and its key in one place", () => {
    const ANCHORING_KEY = `0x${"ab".repeat(32)}`;
    const ANCHORING_ACCOUNT = `0x${"ab".repeat(20)}`;
    const sandbox = { SANDBOX: "true" };
    expect(parseConfig({ ...sandbox, ANCHORING_KEY }).anchoringKey).to.equal(ANCHORING_KEY);
    expect(parseConfig({ ...sandbox, ANCHORING_ACCOUNT }).anchoringAccount).to.equal(
      ANCHORING_ACCOUNT,
    );
    expect(() => parseConfig({ ...sandbox, ANCHORING_KEY, ANCHORING_ACCOUNT })).to.throw(
      ConfigError,
      /ANCHORING_ACCOUNT: cannot be given together/,
    );
    const remote = { SIGNER: "remote", REMOTE_SIGNER_URL: "http://127.0.0.1:9000" };
    expect(() => parseConfig({ ...sandbox, ...remote, ANCHORING_KEY })).to.throw(
      ConfigError,
      /ANCHORING_KEY: belongs into the remote signer/,
    );
  });

  it("lists everything that is wrong at once", () => {
    const faulty = {
      SANDBOX: "maybe",
      PORT: "70000",
      RPC_URL: "localhost",
      LOG_LEVEL: "loud",
      ADMINISTRATION_KEY: "0x12",
      ANCHORING_KEY: "0x13",
      ANCHORING_ACCOUNT: "somebody",
      ANCHOR_SECONDS: "0",
      ANCHOR_EVENTS: "many",
      GAS_PRICE: "cheap",
      PUBLIC_ORIGIN: "https://sheaf.example/page",
      CORS_ORIGINS: "https://a.example,*",
      TRUST_PROXY: "yes",
      RATE_LIMIT_CALLER: "-1",
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
