import { expect } from "chai";
import { Wallet } from "ethers";
import { Chain } from "../../../backend/src/chain/chain.ts";
import { CommandRow } from "../../../backend/src/command/command.entity.ts";
import { CommandWorker } from "../../../backend/src/command/command.worker.ts";
import { ownIntent } from "../../../backend/src/command/intent.ts";
import { Outbox } from "../../../backend/src/command/outbox.ts";
import { Signatures } from "../../../backend/src/command/signatures.ts";
import { Database } from "../../../backend/src/database/database.ts";
import { ProjectionEngine } from "../../../backend/src/projection/projection.engine.ts";
import { startBackend, type TestBackend } from "../../support/backend.ts";
import { Client } from "../../support/client.ts";
import { startLocalChain, type LocalChain } from "../../support/local-chain.ts";

describe("A command", function () {
  this.timeout(60_000);
  let chain: LocalChain;
  let started: TestBackend;
  let operator: Client;
  let party: string;

  before(async () => {
    chain = await startLocalChain();
    started = await startBackend(chain);
    operator = await new Client(started.url).signedIn("operator");
    const { body } = await operator.post("/api/v1/parties", { name: "Buyer", roles: ["buyer"] });
    party = String(body["id"]);
  });

  after(async () => {
    await started.close();
    await chain.close();
  });

  const commands = (): Promise<number> => started.backend.app.get(Database).read.count(CommandRow);
  const cash = async (): Promise<string> => {
    const { body } = await operator.get<{ balances: { amount: string }[] }>(
      `/api/v1/parties/${party}/balance`,
    );
    return body.balances[0]!.amount;
  };
  const mint = (amount: string, headers: Record<string, string> = {}) =>
    operator.post("/api/v1/sandbox/money", { party, amount }, headers);

  it("has one effect and one answer for a hundred requests with the same key at once", async () => {
    const before = await cash();
    // On a machine that is busy a usual wait may end between two of them, and 202 is not 200.
    const key = { "idempotency-key": "hundred", prefer: "wait=50" };
    const answers = await Promise.all(Array.from({ length: 100 }, () => mint("3.00", key)));
    expect(
      new Set(answers.map(({ status, body }) => JSON.stringify([status, body]))).size,
    ).to.equal(1);
    expect(Number(await cash()) - Number(before)).to.equal(3);
    await mint("1.00");
    const later = await mint("3.00", key);
    expect(later.body).to.deep.equal(answers[0]!.body);
    expect(later.headers.get("idempotency-replayed")).to.equal("true");
  });

  it("is refused when its key came with another request", async () => {
    await mint("3.00", { "idempotency-key": "mine" });
    const other = await mint("4.00", { "idempotency-key": "mine" });
    expect([other.status, other.body["code"]]).to.deep.equal([422, "IdempotencyKeyReused"]);
  });

  it("is refused at once by the name of the rule, costs no nonce, and the key keeps the refusal", async () => {
    const input = { name: "Twice", roles: ["buyer"], key: party };
    const key = { "idempotency-key": "refused" };
    const first = await operator.post("/api/v1/parties", input, key);
    expect([first.status, first.body["code"]]).to.deep.equal([409, "AlreadyAdmitted"]);
    expect(first.headers.get("content-type")).to.include("application/problem+json");
    const command = await operator.get(`/api/v1/commands/${String(first.body["command"])}`);
    expect(command.body).to.include({ state: "Failed", transaction: null });
    const again = await operator.post("/api/v1/parties", input, key);
    expect(again.body).to.deep.equal(first.body);
  });

  it("answers 202 to a caller that does not wait, and can be looked up", async () => {
    const accepted = await mint("1.00", { prefer: "respond-async" });
    expect(accepted.status).to.equal(202);
    const location = accepted.headers.get("location")!;
    expect(location).to.equal(`/api/v1/commands/${String(accepted.body["id"])}`);
    let state: unknown;
    for (let tries = 0; tries < 200 && state !== "Final"; tries += 1) {
      state = (await operator.get(location)).body["state"];
    }
    expect(state).to.equal("Final");
    const stranger = await new Client(started.url).signedIn(party);
    expect((await stranger.get(location)).status).to.equal(404);
  });

  it("is sent again with the same bytes when a crash came between signing and sending", async () => {
    const { app } = started.backend;
    const { contracts } = app.get(Chain);
    // What was done before is in the read model.
    await app.get(ProjectionEngine).catchUp();
    const token = contracts.deployment.contracts.DepositCurrency;
    const act = contracts.act("DepositCurrency", "mint", [party, 700n], { at: token });
    const account = new Wallet(chain.administrationKey).address;
    const before = await cash();
    const outbox = app.get(Outbox);
    const by = { id: account, key: account, roles: ["operator" as const] };
    const { command } = await outbox.place(ownIntent(by, "test"), act, 0);
    const floor = await chain.provider.getTransactionCount(account);
    const signed = await app.get(Signatures).sign(command, floor);
    started = await started.restart();
    operator = await new Client(started.url).signedIn("operator");
    for (let tries = 0; tries < 200 && (await cash()) === before; tries += 1);
    const found = await started.backend.app.get(Outbox).get(command.id);
    expect(found).to.include({ transaction: signed!.transaction, nonce: signed!.nonce });
    expect(Number(await cash()) - Number(before)).to.equal(7);
  });

  it("finds another nonce when somebody else has used its key", async () => {
    await mint("1.00");
    const elsewhere = new Wallet(chain.administrationKey, chain.provider);
    for (let index = 0; index < 3; index += 1) {
      await (await elsewhere.sendTransaction({ to: party })).wait();
    }
    const before = await cash();
    expect((await mint("2.00")).status).to.equal(200);
    expect(Number(await cash()) - Number(before)).to.equal(2);
  });

  it("stays done when somebody takes it up who saw it waiting", async () => {
    const { app } = started.backend;
    const account = new Wallet(chain.administrationKey).address;
    const newcomer = Wallet.createRandom().address;
    const act = app.get(Chain).contracts.act("Parties", "admit", [newcomer, 1, "Newcomer"]);
    const by = { id: account, key: account, roles: ["operator" as const] };
    const { command } = await app.get(Outbox).place(ownIntent(by, "test"), act, 0);
    const worker = app.get(CommandWorker);
    expect(await worker.run(command)).to.include({ state: "Final" });
    await worker.run(command);
    expect(await app.get(Outbox).get(command.id)).to.include({ state: "Final", error: null });
  });

  it("leaves one row, whatever else happens", async () => {
    const before = await commands();
    await mint("1.00");
    expect((await commands()) - before).to.equal(1);
  });
});
