import { expect } from "chai";
import type { Command } from "../../../backend/src/command/command.entity.ts";
import { Outbox } from "../../../backend/src/command/outbox.ts";
import { Sender } from "../../../backend/src/command/sender.ts";
import { Signatures } from "../../../backend/src/command/signatures.ts";
import { startSending, type Sending } from "../../support/sending.ts";

describe("Two workers that both take a key for theirs", function () {
  this.timeout(60_000);
  let sending: Sending;

  before(async () => {
    sending = await startSending();
  });

  afterEach(() => {
    sending.door.heal();
  });

  after(() => sending.close());

  const queued = async (count: number): Promise<Command[]> => {
    sending.door.meet("eth_call", { kind: "lost" });
    const commands: Command[] = [];
    for (let index = 0; index < count; index += 1) {
      const { id } = await sending.admit();
      commands.push(await sending.started.backend.app.get(Outbox).get(id));
    }
    return commands;
  };
  const floor = (): Promise<number> => sending.chain.provider.getTransactionCount(sending.account);

  it("give one nonce to one command only, and the other command is signed afterwards", async () => {
    const { app } = sending.started.backend;
    const commands = await queued(4);
    const from = await floor();
    const signed = await Promise.all(commands.map((each) => app.get(Signatures).sign(each, from)));
    const nonces = signed.flatMap((each) => each?.nonce ?? []);
    expect(nonces.length).to.be.greaterThan(0);
    expect(new Set(nonces).size).to.equal(nonces.length);
    sending.door.heal();
    for (const { id } of commands) await sending.reaches(id, "Final");
    const all = await Promise.all(commands.map(({ id }) => app.get(Outbox).get(id)));
    const given = all.map(({ nonce }) => nonce!).sort((a, b) => a - b);
    expect(given).to.deep.equal(commands.map((_, index) => from + index));
  });

  it("sign one command once, and send it once", async () => {
    const { app } = sending.started.backend;
    const [command] = (await queued(1)) as [Command];
    const from = await floor();
    sending.door.heal();
    const results = await Promise.all([1, 2, 3].map(() => app.get(Sender).send(command)));
    expect(new Set(results.map(({ nonce }) => nonce))).to.deep.equal(new Set([from]));
    expect(new Set(results.map(({ raw }) => raw)).size).to.equal(1);
    await sending.reaches(command.id, "Final");
    expect(await floor()).to.equal(from + 1);
    expect(await app.get(Signatures).versions(command)).to.have.length(1);
  });
});
