import { expect } from "chai";
import { keccak256, Wallet } from "ethers";
import { CommandRow, type Command } from "../../../backend/src/command/command.entity.ts";
import { Outbox } from "../../../backend/src/command/outbox.ts";
import { Database } from "../../../backend/src/database/database.ts";
import { rebroadcastsRefused } from "../../../backend/src/metrics/counters.ts";
import { startSending, type Sending } from "../../support/sending.ts";

const stuckCommands = 600;

describe("A key whose commands cannot be sent", function () {
  this.timeout(90_000);
  let sending: Sending;

  before(async () => {
    sending = await startSending();
  });

  after(() => sending.close());

  it("keeps no other key's waiting, and is to be seen", async () => {
    const { door, started } = sending;
    door.meet("eth_call", { kind: "lost" });
    const { id, party } = await sending.admit();
    const { app } = started.backend;
    const like = await app.get(Outbox).get(id);
    expect(like.state).to.equal("Queued");
    const poor = walletBefore(sending.account);
    await app.get(Database).write(async (manager) => {
      for (let nonce = 0; nonce < stuckCommands; nonce += 1) {
        await manager.insert(CommandRow, (await signed(poor, like, nonce)) as never);
      }
    });
    const before = await refused();
    door.heal();
    await sending.reaches(id, "Final");
    await sending.isAdmitted(party);
    expect(await refused()).to.be.greaterThan(before);
    const left = await app.get(Database).read.countBy(CommandRow, { key: poor.address });
    expect(left).to.equal(stuckCommands);
  });
});

/** Its commands would come first, in the order of the keys. */
function walletBefore(account: string): Wallet {
  for (;;) {
    const { privateKey, address } = Wallet.createRandom();
    if (address < account) return new Wallet(privateKey);
  }
}

/** Signed for a price that the account cannot pay. */
async function signed(by: Wallet, like: Command, nonce: number): Promise<Command> {
  const { to, data } = like;
  const gas = { gasLimit: 100_000n, gasPrice: 1_000_000_000n };
  const raw = await by.signTransaction({ type: 0, chainId: 31337, nonce, to, data, ...gas });
  const transaction = keccak256(raw);
  const own = { id: `${like.id.slice(0, 30)}${String(nonce).padStart(6, "0")}`, step: nonce + 1 };
  return { ...like, ...own, key: by.address, state: "Signed", nonce, raw, transaction };
}

async function refused(): Promise<number> {
  return (await rebroadcastsRefused.get()).values[0]?.value ?? 0;
}
