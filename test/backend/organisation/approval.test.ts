import { expect } from "chai";
import { Wallet } from "ethers";
import { CommandRow } from "../../../backend/src/command/command.entity.ts";
import { Approvals } from "../../../backend/src/command/approvals.ts";
import { Outbox } from "../../../backend/src/command/outbox.ts";
import { Signatures } from "../../../backend/src/command/signatures.ts";
import { Database } from "../../../backend/src/database/database.ts";
import { Client, type Answer } from "../../support/client.ts";
import { clientOf } from "../../support/sign-in.ts";
import { orderBody } from "../../support/trade-acts.ts";
import { startTrade, type Trade } from "../../support/trade.ts";

interface Command {
  readonly id: string;
  readonly state: string;
  readonly code?: string;
}

describe("Above its organisation's limit", function () {
  this.timeout(60_000);
  let trade: Trade;
  const wallets = { viewer: wallet(), maker: wallet(), approver: wallet(), other: wallet() };
  let viewer: Client, maker: Client, approver: Client, other: Client;

  before(async () => {
    trade = await startTrade();
    const ranks = { viewer: "viewer", maker: "maker", approver: "approver", other: "approver" };
    for (const [name, { address }] of Object.entries(wallets)) {
      const rank = ranks[name as keyof typeof ranks];
      await trade.buyer.put(`/api/v1/organisation/people/${address}`, { rank, name });
    }
    const items = [{ kind: "order", currency: "CNY", amount: "7800.00" }, { kind: "payee" }];
    await trade.buyer.put("/api/v1/organisation/limits", { items });
    const { url } = trade.started;
    [viewer, maker, approver, other] = await Promise.all([
      clientOf(url, wallets.viewer),
      clientOf(url, wallets.maker),
      clientOf(url, wallets.approver),
      clientOf(url, wallets.other),
    ]);
  });

  after(() => trade.close());

  const issue = (by: Client, changes: object = {}, headers: Record<string, string> = {}) =>
    by.post<Command>("/api/v1/orders", orderBody(trade, changes), headers);
  const outcome = ({ status, body }: Answer<Command>): unknown[] => [status, body.code];
  const say = (by: Client, { id }: Command, what: "approval" | "rejection") =>
    by.post<Command>(`/api/v1/commands/${id}/${what}`, what === "approval" ? undefined : {});
  const state = async ({ id }: Command): Promise<string> =>
    (await maker.get<Command>(`/api/v1/commands/${id}`)).body.state;
  const large = { quantity: "1000.001" };
  const proposed = async (): Promise<Command> => {
    const { status, body } = await issue(maker, large);
    expect([status, body.state]).to.deep.equal([202, "Proposed"]);
    return body;
  };

  it("a viewer changes nothing, a maker makes what is not more than the limit", async () => {
    expect(outcome(await issue(viewer))).to.deep.equal([403, "RankTooLow"]);
    expect((await viewer.get("/api/v1/orders")).status).to.equal(200);
    expect((await issue(maker)).status).to.equal(201);
  });

  it("a command waits, says what is at stake, and is done with a second person's word", async () => {
    const command = await proposed();
    expect(command).to.deep.include({
      madeBy: wallets.maker.address,
      approvedBy: null,
      worth: { kind: "order", amounts: [{ amount: "7800.01", currency: "CNY" }] },
    });
    const waiting = await approver.get<{ items: Command[] }>("/api/v1/commands?state=Proposed");
    expect(waiting.body.items.map(({ id }) => id)).to.deep.equal([command.id]);
    const { status, body } = await say(approver, command, "approval");
    expect(status).to.equal(200);
    expect(body).to.include({ state: "Final", approvedBy: wallets.approver.address });
    expect((await say(approver, command, "approval")).body.state).to.equal("Final");
    expect(outcome(await say(other, command, "approval"))).to.deep.equal([
      409,
      "NotAwaitingApproval",
    ]);
  });

  it("the maker gets the order with the same key, once it is approved", async () => {
    const key = { "idempotency-key": "large" };
    const changes = { ...large, number: "PO-APPROVED" };
    const first = await issue(maker, changes, key);
    expect((await issue(maker, changes, key)).body.id).to.equal(first.body.id);
    await say(approver, first.body, "approval");
    const done = await issue(maker, changes, key);
    expect([done.status, (done.body as unknown as { number: string }).number]).to.deep.equal([
      200,
      "PO-APPROVED",
    ]);
  });

  it("nobody approves alone what they have made, not by a machine either", async () => {
    const { status, body } = await issue(approver, large);
    expect([status, body.state]).to.deep.equal([202, "Proposed"]);
    expect(outcome(await say(approver, body, "approval"))).to.deep.equal([
      403,
      "SecondPersonNeeded",
    ]);
    expect(outcome(await say(maker, body, "approval"))).to.deep.equal([403, "RankTooLow"]);
    const key = await other.post<{ secret: string }>("/api/v1/api-keys", {
      name: "ERP",
      scopes: ["orders"],
    });
    const machine = new Client(trade.started.url, key.body.secret);
    const own = await issue(machine, large, { "idempotency-key": "machine" });
    expect([own.status, own.body.state]).to.deep.equal([202, "Proposed"]);
    expect(outcome(await say(other, own.body, "approval"))).to.deep.equal([
      403,
      "SecondPersonNeeded",
    ]);
    const path = `/api/v1/commands/${body.id}/approval`;
    const word = await machine.post<Command>(path, undefined, { "idempotency-key": "word" });
    expect(outcome(word)).to.deep.equal([403, "PersonNeeded"]);
    expect((await say(other, body, "approval")).body.state).to.equal("Final");
  });

  it("who holds the party's own key needs nobody", async () => {
    expect((await issue(trade.buyer, large)).status).to.equal(201);
  });

  it("a batch waits as a whole, though none of its orders is above the limit", async () => {
    const orders = [orderBody(trade), orderBody(trade)];
    const { status, body } = await maker.post<{ results: { command: string }[] }>(
      "/api/v1/orders/batch",
      { orders },
    );
    expect(status).to.equal(200);
    const [id, ...others] = [...new Set(body.results.map(({ command }) => command))];
    expect(others).to.deep.equal([]);
    expect(await state({ id: id!, state: "" })).to.equal("Proposed");
    expect((await say(approver, { id: id!, state: "" }, "approval")).body.state).to.equal("Final");
  });

  it("a change of where money goes waits whatever it is worth", async () => {
    const path = `/api/v1/parties/${trade.buyer.id}/payout-account`;
    const { status, body } = await maker.put<Command>(path, { account: wallets.maker.address });
    expect([status, body.state]).to.deep.equal([202, "Proposed"]);
    expect((await say(maker, body, "rejection")).body).to.deep.include({ state: "Failed" });
  });

  it("a rejected command is never sent, and says who rejected it", async () => {
    const command = await proposed();
    const { body } = await say(approver, command, "rejection");
    expect(body).to.deep.include({
      state: "Failed",
      transaction: null,
      error: { code: "CommandRejected", values: { by: wallets.approver.address } },
    });
    expect(outcome(await say(approver, command, "approval"))).to.deep.equal([
      409,
      "NotAwaitingApproval",
    ]);
  });

  it("what the contracts refuse is refused at once, and asked of them again when it is approved", async () => {
    const changes = { ...large, number: "PO-TWICE" };
    const [first, second] = [await issue(maker, changes), await issue(maker, changes)];
    expect([first.body.state, second.body.state]).to.deep.equal(["Proposed", "Proposed"]);
    expect((await say(approver, first.body, "approval")).body.state).to.equal("Final");
    expect(outcome(await say(approver, second.body, "approval"))).to.deep.equal([
      409,
      "AlreadyExists",
    ]);
    expect(await state(second.body)).to.equal("Failed");
  });

  it("nobody's word counts after a week, or for another organisation", async () => {
    const command = await proposed();
    expect(outcome(await say(trade.otherBuyer, command, "approval"))).to.deep.equal([
      404,
      "NotFound",
    ]);
    const { app } = trade.started.backend;
    const late = { approvalEnds: Math.floor(Date.now() / 1000) - 1 };
    const database = app.get(Database);
    await database.write((manager) => manager.update(CommandRow, { id: command.id }, late));
    expect(outcome(await say(approver, command, "approval"))).to.deep.equal([
      409,
      "ApprovalExpired",
    ]);
    expect(await state(command)).to.equal("Failed");
    const forgotten = await proposed();
    await database.write((manager) => manager.update(CommandRow, { id: forgotten.id }, late));
    await app.get(Approvals).lapse();
    expect(await state(forgotten)).to.equal("Failed");
  });

  it("an approval counts only while its approver is one, up to the signing", async () => {
    const command = await proposed();
    const { app } = trade.started.backend;
    const approved = { state: "Queued" as const, approvedBy: wallets.viewer.address };
    await app
      .get(Database)
      .write((manager) => manager.update(CommandRow, { id: command.id }, approved));
    const queued = await app.get(Outbox).get(command.id);
    expect(await app.get(Signatures).sign(queued, 0)).to.equal(undefined);
    expect(await state(command)).to.equal("Proposed");
    expect((await say(approver, command, "approval")).body.state).to.equal("Final");
  });

  it("a hundred words at once have one effect", async () => {
    const command = await proposed();
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        say(index % 2 === 0 ? approver : other, command, "approval"),
      ),
    );
    const statuses = new Set(answers.map(({ status }) => status));
    expect([...statuses].every((status) => status === 200 || status === 409)).to.equal(true);
    expect(await state(command)).to.equal("Final");
  });
});

function wallet(): Wallet {
  return new Wallet(Wallet.createRandom().privateKey);
}
