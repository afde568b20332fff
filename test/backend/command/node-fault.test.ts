import { expect } from "chai";
import { Wallet } from "ethers";
import type { Fault } from "../../support/faulty-node.ts";
import { startSending, type Sending } from "../../support/sending.ts";

/** What may go wrong with each request of a command's way, until the network heals. */
const faults: Record<string, Fault> = {
  "is lost": { kind: "lost" },
  "is done, and its answer lost": { kind: "answerLost" },
  "is answered too late": { kind: "late", by: 1500 },
  "is done, and answered with HTTP 500": { kind: "status", status: 500 },
  "is answered with HTTP 502": { kind: "status", status: 502 },
  "is answered with HTTP 429": { kind: "status", status: 429 },
  "is answered with no JSON": { kind: "text", text: "<html>Bad gateway</html>" },
  "is answered with another question's answer": { kind: "otherId" },
  "is done, and answered with an error": {
    kind: "error",
    code: -32603,
    message: "internal error",
  },
  "is answered with overload": { kind: "error", code: -32005, message: "limit exceeded" },
};
const steps = {
  eth_call: "a simulation",
  eth_sendRawTransaction: "a sending",
  eth_getTransactionReceipt: "a receipt",
};

describe("A node that does not answer as it should", function () {
  this.timeout(60_000);
  let sending: Sending;

  before(async () => {
    sending = await startSending();
  });

  afterEach(() => {
    sending.door.heal();
  });
  after(() => sending.close());

  for (const [method, step] of Object.entries(steps)) {
    for (const [what, fault] of Object.entries(faults)) {
      it(`when ${step} ${what}: loses nothing and doubles nothing`, async () => {
        const { door, chain, account } = sending;
        const before = await chain.provider.getTransactionCount(account);
        door.meet(method, fault, 3);
        const { id, party } = await sending.admit();
        await sending.reaches(id, "Final");
        await sending.isAdmitted(party);
        expect(await chain.provider.getTransactionCount(account)).to.equal(before + 1);
      });
    }
  }

  it("that says of a transaction that its nonce is used, though it has just mined it, is not believed", async () => {
    const { door, chain, account } = sending;
    const before = await chain.provider.getTransactionCount(account);
    door.meet(
      "eth_sendRawTransaction",
      { kind: "error", code: -32000, message: "nonce too low" },
      1,
    );
    door.meet("eth_getTransactionByHash", { kind: "result", result: null }, 3);
    door.meet("eth_getTransactionReceipt", { kind: "lost" }, 3);
    const { id, party } = await sending.admit();
    await sending.reaches(id, "Final");
    await sending.isAdmitted(party);
    expect(await chain.provider.getTransactionCount(account)).to.equal(before + 1);
  });

  it("that refuses a transaction for good has the command fail, and the nonce is the next one's", async () => {
    const { door, chain, account } = sending;
    const before = await chain.provider.getTransactionCount(account);
    door.meet("eth_sendRawTransaction", { kind: "refused", message: "insufficient funds" }, 1);
    const refused = await sending.admit();
    await sending.reaches(refused.id, "Failed");
    const { error, transaction } = await sending.command(refused.id);
    expect([error, transaction]).to.deep.equal([
      { code: "BroadcastRefused", values: { reason: "insufficient funds" } },
      null,
    ]);
    const { id } = await sending.admit();
    await sending.reaches(id, "Final");
    expect(await chain.provider.getTransactionCount(account)).to.equal(before + 1);
  });

  it("that refuses a transaction for good has its caller told so, once and for all", async () => {
    const { door, operator } = sending;
    door.meet("eth_sendRawTransaction", { kind: "refused", message: "insufficient funds" }, 1);
    const body = { name: "Refused", roles: ["buyer"], key: Wallet.createRandom().address };
    const key = { "idempotency-key": "refused-for-good" };
    for (const time of ["first", "again"]) {
      const { status, body: problem } = await operator.post("/api/v1/parties", body, key);
      expect([time, status, problem["code"]]).to.deep.equal([time, 422, "BroadcastRefused"]);
      expect(problem["detail"]).to.match(/insufficient funds.*a new idempotency key/);
    }
    await operator.post("/api/v1/parties", body, { "idempotency-key": "another" });
    await sending.isAdmitted(body.key);
  });

  it("that is another chain's all of a sudden is not listened to", async () => {
    const { door } = sending;
    const { id, party } = await (async () => {
      door.meet("eth_sendRawTransaction", { kind: "lost" }, 1);
      door.meet("eth_chainId", { kind: "result", result: "0x1" }, 3);
      return sending.admit();
    })();
    await sending.reaches(id, "Final");
    await sending.isAdmitted(party);
  });
});
