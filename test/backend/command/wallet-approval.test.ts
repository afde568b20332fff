import { expect } from "chai";
import { Wallet } from "ethers";
import { startBackend, type TestBackend } from "../../support/backend.ts";
import { Client, type Answer } from "../../support/client.ts";
import { startLocalChain, type LocalChain } from "../../support/local-chain.ts";
import { clientOf } from "../../support/sign-in.ts";
import { signedByWallet, type Prepared } from "../../support/wallet-signing.ts";

interface Command extends Record<string, unknown> {
  readonly id: string;
  readonly state: string;
  readonly prepared: Prepared | null;
  readonly approvedBy: string | null;
}

describe("What a wallet has to sign and a second person to approve", function () {
  this.timeout(60_000);
  let chain: LocalChain;
  let started: TestBackend;
  let key: Wallet;
  let people: Readonly<Record<"owner" | "maker" | "approver" | "other", Client>>;
  let removed: string;

  before(async () => {
    chain = await startLocalChain();
    started = await startBackend(chain);
  });

  beforeEach(async () => {
    const operator = await new Client(started.url).signedIn("operator");
    key = wallet();
    const input = { name: "Own keys", roles: ["cooperative"], key: key.address };
    expect((await operator.post("/api/v1/parties", input)).status).to.equal(201);
    const owner = await clientOf(started.url, key);
    const wallets = { maker: wallet(), approver: wallet(), other: wallet() };
    removed = wallets.approver.address;
    for (const [name, { address }] of Object.entries(wallets)) {
      const rank = name === "maker" ? "maker" : "approver";
      await owner.put(`/api/v1/organisation/people/${address}`, { rank, name });
    }
    await owner.put("/api/v1/organisation/limits", { items: [{ kind: "payee" }] });
    const [maker, approver, other] = await Promise.all(
      Object.values(wallets).map((each) => clientOf(started.url, each)),
    );
    people = { owner, maker: maker!, approver: approver!, other: other! };
  });

  after(async () => {
    await started.close();
    await chain.close();
  });

  const ask = (): Promise<Answer<Command>> =>
    people.maker.send<Command>(
      "PUT",
      `/api/v1/parties/${key.address}/payout-account`,
      { account: wallet().address },
      {},
    );
  const approve = (by: Client, id: string): Promise<Answer<Command>> =>
    by.post<Command>(`/api/v1/commands/${id}/approval`);
  const sign = async (id: string, prepared: Prepared): Promise<Answer<Command>> => {
    const raw = await signedByWallet(key, prepared);
    return people.maker.post<Command>(`/api/v1/commands/${id}/transaction`, { raw });
  };

  it("is laid out for the wallet only when it is approved", async () => {
    const { status, body } = await ask();
    expect([status, body.state, body.prepared]).to.deep.equal([202, "Proposed", null]);
    const early = await people.maker.post(`/api/v1/commands/${body.id}/transaction`, {
      raw: "0x1234",
    });
    expect([early.status, early.body["code"]]).to.deep.equal([409, "NotToBeSigned"]);
    const approved = (await approve(people.approver, body.id)).body;
    expect([approved.state, approved.prepared?.nonce]).to.deep.equal(["Queued", 0]);
    expect((await sign(body.id, approved.prepared!)).body.state).to.equal("Final");
  });

  it("is not sent when whoever approved it may not any more: it waits for another person", async () => {
    const { id } = (await ask()).body;
    const approved = (await approve(people.approver, id)).body;
    const gone = await people.owner.send(
      "DELETE",
      `/api/v1/organisation/people/${removed}`,
      undefined,
      {},
    );
    expect(gone.status).to.equal(204);
    const signed = await sign(id, approved.prepared!);
    expect([signed.status, signed.body.state, signed.body.prepared]).to.deep.equal([
      200,
      "Proposed",
      null,
    ]);
    expect(await chain.provider.getTransactionCount(key.address)).to.equal(0);
    const again = (await approve(people.other, id)).body;
    expect((await sign(id, again.prepared!)).body.state).to.equal("Final");
  });

  it("keeps the wallet's other work waiting no longer than it is laid out", async () => {
    const first = (await ask()).body;
    const own = await people.owner.send<Command>(
      "PUT",
      `/api/v1/parties/${key.address}/payout-account`,
      { account: wallet().address },
      {},
    );
    // What is proposed is not laid out, and in nobody's way.
    expect([own.status, own.body.prepared?.nonce]).to.deep.equal([202, 0]);
    expect((await sign(own.body.id, own.body.prepared!)).body.state).to.equal("Final");
    const approved = (await approve(people.approver, first.id)).body;
    expect(approved.prepared?.nonce).to.equal(1);
  });
});

function wallet(): Wallet {
  return new Wallet(Wallet.createRandom().privateKey);
}
