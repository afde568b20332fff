import { expect } from "chai";
import { Transaction, Wallet, type BaseWallet } from "ethers";
import { setTimeout as sleep } from "node:timers/promises";
import { CommandWorker } from "../../../backend/src/command/command.worker.ts";
import { Outbox } from "../../../backend/src/command/outbox.ts";
import { Signatures } from "../../../backend/src/command/signatures.ts";
import { startBackend, type TestBackend } from "../../support/backend.ts";
import { Client, type Answer } from "../../support/client.ts";
import { startLocalChain, type LocalChain } from "../../support/local-chain.ts";
import { signedAsLaidOut, signedByWallet, type Prepared } from "../../support/wallet-signing.ts";

interface CommandBody extends Record<string, unknown> {
  readonly id: string;
  readonly state: string;
  readonly prepared: Prepared | null;
  readonly error: { readonly code: string } | null;
}

const order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;

describe("A command of a party whose key the backend does not keep", function () {
  this.timeout(60_000);
  let chain: LocalChain;
  let started: TestBackend;
  let operator: Client;
  let wallet: BaseWallet;
  let party: Client;

  before(async () => {
    chain = await startLocalChain();
    started = await startBackend(chain);
    operator = await new Client(started.url).signedIn("operator");
  });

  beforeEach(async () => {
    wallet = Wallet.createRandom();
    const input = { name: "Own keys", roles: ["cooperative"], key: wallet.address };
    expect((await operator.post("/api/v1/parties", input)).status).to.equal(201);
    party = await new Client(started.url).signedIn(wallet.address);
  });

  after(async () => {
    await started.close();
    await chain.close();
  });

  const account = (): string => Wallet.createRandom().address;
  const ask = (
    to = account(),
    headers: Record<string, string> = {},
  ): Promise<Answer<CommandBody>> =>
    party.send("PUT", `/api/v1/parties/${wallet.address}/payout-account`, { account: to }, headers);
  const look = async (id: string): Promise<CommandBody> =>
    (await party.get<CommandBody>(`/api/v1/commands/${id}`)).body;
  const post = (id: string, raw: string): Promise<Answer<CommandBody>> =>
    party.post(`/api/v1/commands/${id}/transaction`, { raw });
  const payout = async (): Promise<unknown> =>
    (await party.get(`/api/v1/parties/${wallet.address}`)).body["payoutAccount"];
  const prepared = async (to?: string): Promise<{ id: string; prepared: Prepared }> => {
    const { status, body } = await ask(to);
    expect(status).to.equal(202);
    return { id: body.id, prepared: body.prepared! };
  };
  const sweep = (): Promise<void> => started.backend.app.get(CommandWorker).sweep();

  it("is answered at once with the transaction to sign, and is done when that comes back signed", async () => {
    const to = account();
    const began = Date.now();
    const { id, prepared: laidOut } = await prepared(to);
    expect(Date.now() - began).to.be.lessThan(3000);
    expect(laidOut).to.include({ type: 0, chainId: 31337, nonce: 0, value: "0", gasPrice: "0" });
    const signed = await post(id, await signedByWallet(wallet, laidOut));
    expect([signed.status, signed.body.state, signed.body.prepared]).to.deep.equal([
      200,
      "Final",
      null,
    ]);
    expect(await payout()).to.equal(to);
  });

  it("may be signed from the bytes that were laid out as well", async () => {
    const { id, prepared: laidOut } = await prepared();
    expect(Transaction.from(laidOut.unsigned).to).to.equal(laidOut.to);
    expect((await post(id, signedAsLaidOut(wallet, laidOut))).body.state).to.equal("Final");
  });

  it("answers the same bytes again with the same command, and sends them once", async () => {
    const { id, prepared: laidOut } = await prepared();
    const raw = await signedByWallet(wallet, laidOut);
    const answers = await Promise.all([post(id, raw), post(id, raw), post(id, raw)]);
    const later = await post(id, raw);
    for (const { status, body } of [...answers, later]) {
      expect([status, body.id, body["transaction"], body.state]).to.deep.equal([
        200,
        id,
        Transaction.from(raw).hash,
        "Final",
      ]);
    }
    expect(await chain.provider.getTransactionCount(wallet.address)).to.equal(1);
  });

  it("names every field that is not as it was prepared", async () => {
    const { id, prepared: laidOut } = await prepared();
    const other = { address: account(), storageKeys: [] };
    const changes: Record<string, Record<string, unknown>> = {
      chainId: { chainId: 1 },
      nonce: { nonce: 7 },
      to: { to: account() },
      data: { data: `${laidOut.data}00` },
      value: { value: 1n },
      gasLimit: { gasLimit: 21_000n },
      gasPrice: { gasPrice: 5n },
      "type, accessList": { type: 1, accessList: [other] },
      "chainId, nonce": { chainId: 5, nonce: 1 },
    };
    for (const [fields, change] of Object.entries(changes)) {
      const { status, body } = await post(id, await signedByWallet(wallet, laidOut, change));
      expect([status, body["code"], body["values"]], fields).to.deep.equal([
        422,
        "TransactionDiffers",
        { fields },
      ]);
    }
    const stranger = await signedByWallet(Wallet.createRandom(), laidOut);
    expect((await post(id, stranger)).body["values"]).to.deep.equal({ fields: "from" });
    expect(await look(id)).to.include({ state: "Queued", transaction: null });
    expect((await post(id, await signedByWallet(wallet, laidOut))).body.state).to.equal("Final");
  });

  it("refuses what is no transaction, is not signed, or has its signature's twin", async () => {
    const { id, prepared: laidOut } = await prepared();
    const good = await signedByWallet(wallet, laidOut);
    const { s } = Transaction.from(good).signature!;
    const twin = good.slice(0, -64) + (order - BigInt(s)).toString(16).padStart(64, "0");
    for (const raw of ["0x", "0x1234", laidOut.unsigned, twin, `${good}00`]) {
      const { status, body } = await post(id, raw);
      expect([status, body["code"]], raw).to.deep.equal([422, "TransactionUnreadable"]);
    }
    for (const raw of ["1234", "0x123", "0xzz", ""]) {
      expect((await post(id, raw)).status, raw).to.equal(400);
    }
  });

  it("lays out one transaction of a key at a time, and the next as soon as that is signed", async () => {
    const first = await prepared();
    const second = (await ask(account(), { prefer: "respond-async" })).body;
    expect((await look(second.id)).prepared).to.equal(null);
    const early = await post(second.id, await signedByWallet(wallet, first.prepared));
    expect([early.status, early.body["code"]]).to.deep.equal([409, "NotPrepared"]);
    expect((await post(first.id, await signedByWallet(wallet, first.prepared))).status).to.equal(
      200,
    );
    await sweep();
    const next = (await look(second.id)).prepared!;
    expect(next.nonce).to.equal(1);
    const other = await post(second.id, await signedByWallet(wallet, first.prepared));
    expect(other.body["values"]).to.deep.equal({ fields: "nonce, data" });
    expect((await post(second.id, await signedByWallet(wallet, next))).body.state).to.equal(
      "Final",
    );
  });

  it("is laid out anew when the wallet has used the nonce for something else", async () => {
    const { id, prepared: laidOut } = await prepared();
    const elsewhere = await signedByWallet(wallet, laidOut, { to: account(), data: "0x" });
    await (await chain.provider.broadcastTransaction(elsewhere)).wait();
    const { status, body } = await post(id, await signedByWallet(wallet, laidOut));
    expect([status, body["values"]]).to.deep.equal([422, { fields: "nonce" }]);
    const anew = (await look(id)).prepared!;
    expect([anew.nonce, anew.expiresAt]).to.deep.equal([1, laidOut.expiresAt]);
    expect((await post(id, await signedByWallet(wallet, anew))).body.state).to.equal("Final");
  });

  it("fails when nobody signs in time, leaves no hole, and takes no bytes afterwards", async () => {
    const impatient = await startBackend(chain, { signWithin: 1 });
    party = await new Client(impatient.url).signedIn(wallet.address);
    const { id, prepared: laidOut } = await prepared();
    await sleep(1100);
    const late = await post(id, await signedByWallet(wallet, laidOut));
    expect([late.status, late.body["code"]]).to.deep.equal([409, "NotSigned"]);
    expect(await look(id)).to.include({ state: "Failed", prepared: null, transaction: null });
    const again = await prepared();
    expect(again.prepared.nonce).to.equal(laidOut.nonce);
    await sleep(1100);
    await impatient.backend.app.get(CommandWorker).sweep();
    expect((await look(again.id)).error?.code).to.equal("NotSigned");
    await impatient.close();
  });

  it("is refused at once by the rule that it breaks, without asking for a signature", async () => {
    const { status, body } = await ask(chain.deployment.contracts.DepositCurrency);
    expect([status, body["code"]]).to.deep.equal([422, "CannotBePaid"]);
  });

  it("keeps its place and its answer for the same idempotency key", async () => {
    const key = { "idempotency-key": "once" };
    const to = account();
    const first = await ask(to, key);
    const second = await ask(to, key);
    expect([second.status, second.body.id]).to.deep.equal([202, first.body.id]);
    await post(first.body.id, await signedByWallet(wallet, first.body.prepared!));
    const third = await ask(to, key);
    expect([third.status, third.body["payoutAccount"]]).to.deep.equal([200, to]);
  });

  it("survives a restart between the laying out and the signature", async () => {
    const { id, prepared: laidOut } = await prepared();
    started = await started.restart();
    operator = await new Client(started.url).signedIn("operator");
    party = await new Client(started.url).signedIn(wallet.address);
    expect((await look(id)).prepared).to.deep.equal(laidOut);
    expect((await post(id, await signedByWallet(wallet, laidOut))).body.state).to.equal("Final");
  });

  it("is sent by the next process when the first ended between storing the bytes and sending them", async () => {
    const { id, prepared: laidOut } = await prepared();
    const { app } = started.backend;
    const raw = await signedByWallet(wallet, laidOut);
    const { hash } = Transaction.from(raw);
    const command = await app.get(Outbox).get(id);
    await app.get(Signatures).keep(command, laidOut.nonce, { raw, hash: hash! });
    started = await started.restart();
    operator = await new Client(started.url).signedIn("operator");
    party = await new Client(started.url).signedIn(wallet.address);
    // The lead that the first one had is free a moment after its end.
    for (let tries = 0; tries < 200 && (await look(id)).state !== "Final"; tries += 1) {
      await sweep();
      await sleep(50);
    }
    expect(await look(id)).to.include({ state: "Final", transaction: hash });
  });

  it("is another party's business no more than any other", async () => {
    const { id, prepared: laidOut } = await prepared();
    const raw = await signedByWallet(wallet, laidOut);
    const foreign = await operator.post(`/api/v1/commands/${id}/transaction`, { raw });
    expect(foreign.status).to.equal(404);
  });

  it("fails where its key is a contract, which sends no transactions", async () => {
    const contract = account();
    await chain.provider.send("hardhat_setCode", [contract, "0x00"]);
    const input = { name: "Of code", roles: ["cooperative"], key: contract };
    expect((await operator.post("/api/v1/parties", input)).status).to.equal(201);
    const ofCode = await new Client(started.url).signedIn(contract);
    const { status, body } = await ofCode.put(`/api/v1/parties/${contract}/payout-account`, {
      account: account(),
    });
    expect([status, body["code"]]).to.deep.equal([422, "ContractCannotSend"]);
  });
});
