import { expect } from "chai";
import { Transaction, Wallet } from "ethers";
import { RemoteSigner } from "../../../backend/src/chain/remote-signer.ts";
import { SignerUnavailable } from "../../../backend/src/chain/signer.ts";
import { CommandWorker } from "../../../backend/src/command/command.worker.ts";
import { startBackend, type TestBackend } from "../../support/backend.ts";
import { Client } from "../../support/client.ts";
import { startLocalChain, type LocalChain } from "../../support/local-chain.ts";
import { startWeb3Signer, type SigningFault, type Web3Signer } from "../../support/web3signer.ts";

const token = "a bank's own";

describe("A remote signer", function () {
  this.timeout(60_000);
  let chain: LocalChain;
  let server: Web3Signer;
  let started: TestBackend;
  let operator: Client;
  let party: Client;
  const partyKey = Wallet.createRandom().privateKey;

  before(async () => {
    chain = await startLocalChain();
    server = await startWeb3Signer([chain.administrationKey, partyKey], { token });
    started = await startBackend(chain, {
      administrationKey: undefined,
      administrationAccount: server.accounts[0],
      remoteSigner: optionsOf(server.url),
    });
    operator = await new Client(started.url).signedIn("operator");
    const input = { name: "Remote", roles: ["cooperative"], key: server.accounts[1] };
    expect((await operator.post("/api/v1/parties", input)).status).to.equal(201);
    party = await new Client(started.url).signedIn(server.accounts[1]!);
  });

  afterEach(() => {
    server.fault = undefined;
  });

  after(async () => {
    await started.close();
    await server.close();
    await chain.close();
  });

  const change = (wait = 5) =>
    party.send<Record<string, unknown>>(
      "PUT",
      `/api/v1/parties/${server.accounts[1]!}/payout-account`,
      { account: Wallet.createRandom().address },
      { prefer: `wait=${wait}` },
    );

  it("signs for administration and for a party, whose keys the backend never sees", async () => {
    const before = server.asked;
    expect((await change()).status).to.equal(200);
    expect(server.asked).to.equal(before + 1);
  });

  const faults: SigningFault[] = [
    "hangs",
    "answers500",
    "answersNonsense",
    "signsWithAnotherKey",
    "signsOtherBytes",
    "losesTheKey",
  ];
  for (const fault of faults) {
    it(`keeps a command queued while it ${worded(fault)}, and it is done afterwards`, async () => {
      const nonce = await chain.provider.getTransactionCount(server.accounts[1]!);
      server.fault = fault;
      const { status, body } = await change(1);
      expect([status, body["state"], body["transaction"]]).to.deep.equal([202, "Queued", null]);
      server.fault = undefined;
      const command = await settled(`/api/v1/commands/${String(body["id"])}`);
      expect(command["state"]).to.equal("Final");
      expect(await chain.provider.getTransactionCount(server.accounts[1]!)).to.equal(nonce + 1);
    });
  }

  it("is told who asks, and a caller without that is refused", async () => {
    const stranger = new RemoteSigner({ ...optionsOf(server.url), token: "another" });
    const refusal: unknown = await stranger.signsFor(server.accounts[0]!).catch((e: unknown) => e);
    stranger.destroy();
    expect(refusal).to.be.instanceOf(SignerUnavailable);
  });

  it("makes no key", async () => {
    const { status, body } = await operator.post("/api/v1/parties", {
      name: "Without a key",
      roles: ["buyer"],
    });
    expect([status, body["code"]]).to.deep.equal([422, "KeysMadeElsewhere"]);
  });

  it("signs both kinds of transactions as the network reads them", async () => {
    const signer = new RemoteSigner(optionsOf(server.url));
    const to = Wallet.createRandom().address;
    const rest = { chainId: 31337, nonce: 3, to, data: "0x1234", gasLimit: 50_000n };
    for (const fee of [{ gasPrice: 7n }, { most: 9n, tip: 2n }]) {
      const { raw, hash } = await signer.sign(server.accounts[1]!, { ...rest, fee });
      const { nonce, hash: read, from, type } = Transaction.from(raw);
      expect([nonce, read, from]).to.deep.equal([3, hash, server.accounts[1]]);
      expect(type).to.equal("gasPrice" in fee ? 0 : 2);
    }
    signer.destroy();
  });

  async function settled(path: string): Promise<Record<string, unknown>> {
    for (let tries = 0; tries < 100; tries += 1) {
      await started.backend.app.get(CommandWorker).sweep();
      const { body } = await party.get(path);
      if (body["state"] === "Final" || body["state"] === "Failed") return body;
    }
    throw new Error("The command is not settled.");
  }
});

function optionsOf(url: string) {
  return {
    url,
    token,
    certificateFile: undefined,
    keyFile: undefined,
    authorityFile: undefined,
    timeout: 400,
  };
}

function worded(fault: SigningFault): string {
  return fault.replace(/[A-Z]|\d+/g, (part) => ` ${part.toLowerCase()}`);
}
