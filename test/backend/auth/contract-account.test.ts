import { expect } from "chai";
import { ContractFactory, Wallet } from "ethers";
import { startBackend, type TestBackend } from "../../support/backend.ts";
import { Client } from "../../support/client.ts";
import { startLocalChain, type LocalChain } from "../../support/local-chain.ts";
import { messageFor } from "../../support/sign-in.ts";

/**
 * An account that is a contract (ERC-1271), by hand: to a signature that begins with 01 it says yes, to one with 02 it
 * reverts, to all others it says no.
 */
const code =
  "0x603280600b6000396000f3" +
  "60643560f81c80600114601b57600214602d5763ffffffff6021565b631626ba7e5b60e01b60005260206000f35b600080fd";

describe("Signing in with an account that is a contract", function () {
  this.timeout(60_000);
  let chain: LocalChain;
  let started: TestBackend;
  let account: string;

  before(async () => {
    chain = await startLocalChain();
    started = await startBackend(chain);
    const deployer = new Wallet(chain.administrationKey, chain.provider);
    const contract = await new ContractFactory([], code, deployer).deploy({ gasPrice: 0 });
    await contract.waitForDeployment();
    account = await contract.getAddress();
    const operator = await new Client(started.url).signedIn("operator");
    const input = { name: "Multisig mill", roles: ["buyer"], key: account };
    expect((await operator.post("/api/v1/parties", input)).status).to.equal(201);
  });

  after(async () => {
    await started.close();
    await chain.close();
  });

  const handIn = async (signature: string) => {
    const message = await messageFor(started.url, account);
    return new Client(started.url).post("/api/v1/auth/wallet", { message, signature });
  };

  it("is up to the contract", async () => {
    const { status, body } = await handIn("0x01");
    expect(status).to.equal(200);
    const me = await new Client(started.url, String(body["accessToken"])).get("/api/v1/auth/me");
    expect(me.body).to.deep.include({ id: account, person: { account, rank: "owner" } });
  });

  it("is refused where the contract says no, reverts, or the signature is its owner's alone", async () => {
    const message = await messageFor(started.url, account);
    const owners = await new Wallet(chain.administrationKey).signMessage(message);
    for (const signature of [
      "0x00",
      "0x02",
      `0x${"03".repeat(4096)}`,
      owners.replace(/^0x../, "0x09"),
    ]) {
      const { status, body } = await handIn(signature);
      expect([status, body["code"]]).to.deep.equal([401, "SignInSignatureInvalid"]);
    }
  });

  it("is said to be impossible for now where the network does not answer", async () => {
    const message = await messageFor(started.url, account);
    await chain.close();
    const anyone = new Client(started.url);
    const { status, body } = await anyone.post("/api/v1/auth/wallet", {
      message,
      signature: "0x01",
    });
    expect([status, body["code"]]).to.deep.equal([503, "NetworkUnreachable"]);
    chain = await startLocalChain();
  });
});
