import { Wallet, encodeBytes32String, type TransactionResponse } from "ethers";
import { connectContracts, type Contracts } from "../../scripts/deploy/contracts.ts";
import type { Seeded } from "../../scripts/random/seeded.ts";
import type { AnvilChain } from "./anvil.ts";

/** A party with its key in its own hands. */
type Sender = Contracts & { readonly address: string };

const roleOf = { buyer: 1n, cooperative: 2n, arbiter: 16n };
const free = { gasPrice: 0n };
const deliverBy = 2n ** 40n - 1n;

/** Parties that act at random on a chain whose last blocks are taken back at random. */
export class Forks {
  #orders = 0;
  /** Transactions that a reorganisation has dropped, moved to another block, and left where they were. */
  readonly met = { dropped: 0, moved: 0, kept: 0 };

  private constructor(
    private readonly chain: AnvilChain,
    private readonly random: Seeded,
    private readonly senders: readonly Sender[],
    private readonly arbiter: string,
  ) {}

  static async start(chain: AnvilChain, random: Seeded, parties = 6): Promise<Forks> {
    const administrator = new Wallet(chain.administrationKey, chain.provider);
    const admin = connectContracts(chain.deployment, administrator);
    const walletOf = (index: number): Wallet =>
      new Wallet(`0x${String(index + 1).padStart(64, "1")}`, chain.provider);
    const senders: Sender[] = [];
    let nonce = await chain.provider.getTransactionCount(administrator.address);
    const admit = async (address: string, roles: bigint, name: string): Promise<void> => {
      await admin.parties.admit(address, roles, name, { ...free, nonce: nonce++ });
    };
    for (let index = 0; index < parties; index += 1) {
      const wallet = walletOf(index);
      await admit(wallet.address, roleOf.buyer | roleOf.cooperative, `Party ${index}`);
      await admin.deposits.mint(wallet.address, 1_000_000_00n, { ...free, nonce: nonce++ });
      senders.push({ address: wallet.address, ...connectContracts(chain.deployment, wallet) });
    }
    const arbiter = walletOf(parties).address;
    await admit(arbiter, roleOf.arbiter, "Arbiter");
    return new Forks(chain, random, senders, arbiter);
  }

  /** Blocks with some transactions in each. */
  async act(blocks: number): Promise<void> {
    await this.chain.automine(false);
    for (let block = 0; block < blocks; block += 1) {
      const count = this.#below(5);
      for (let index = 0; index < count; index += 1) await this.#act();
      await this.chain.mine();
    }
    await this.chain.automine(true);
  }

  /**
   * The last blocks are replaced by as many others, in which some transactions are left out, and others are elsewhere.
   * What is left out of a sender's is its last: the nonces of the others are still good.
   */
  async reorganise(depth: number): Promise<void> {
    const { provider } = this.chain;
    const head = await provider.getBlockNumber();
    const bySender = new Map<string, { readonly raw: string; readonly at: number }[]>();
    for (let number = head - depth + 1; number <= head; number += 1) {
      const block = await provider.getBlock(number, true);
      for (const transaction of block?.prefetchedTransactions ?? []) {
        const own = bySender.get(transaction.from) ?? [];
        const raw = await this.#rawOf(transaction);
        bySender.set(transaction.from, [...own, { raw, at: number - (head - depth + 1) }]);
      }
    }
    const pairs: [string, number][] = [];
    for (const own of bySender.values()) {
      const kept = own.slice(0, own.length - this.#below(own.length + 1));
      const places = kept.map(() => this.#below(depth)).sort((a, b) => a - b);
      kept.forEach(({ raw, at }, index) => {
        const to = this.#below(3) === 0 ? Math.max(at, places[index - 1] ?? 0) : places[index]!;
        places[index] = Math.max(to, places[index - 1] ?? 0);
        pairs.push([raw, places[index]]);
        if (places[index] === at) this.met.kept += 1;
        else this.met.moved += 1;
      });
      this.met.dropped += own.length - kept.length;
    }
    await this.chain.send("anvil_reorg", depth, this.#interleaved(pairs));
  }

  /** Of different senders in any order, of one sender in its own. */
  #interleaved(pairs: readonly [string, number][]): [string, number][] {
    return this.random
      .shuffled(pairs.map((_, index) => index))
      .map((index, place) => ({ pair: pairs[index]!, place }))
      .sort((a, b) => a.pair[1] - b.pair[1] || pairs.indexOf(a.pair) - pairs.indexOf(b.pair))
      .map(({ pair }) => pair);
  }

  async #rawOf({ hash }: TransactionResponse): Promise<string> {
    return (await this.chain.send("debug_getRawTransaction", hash)) as string;
  }

  async #act(): Promise<void> {
    const sender = this.random.pick(this.senders);
    const other = this.random.pick(this.senders.filter((each) => each !== sender));
    const nonce = await this.chain.provider.getTransactionCount(sender.address, "pending");
    const how = { ...free, nonce, gasLimit: 5_000_000n };
    switch (this.#below(3)) {
      case 0:
        await sender.deposits.transfer(other.address, BigInt(1 + this.#below(1000)), how);
        break;
      case 1:
        await sender.parties.setPayoutAccount(other.address, how);
        break;
      default:
        this.#orders += 1;
        await sender.orders.issueMany(
          [1n, 2n].map((line) => ({
            number: encodeBytes32String(`PO-${this.#orders}`),
            line,
            seller: other.address,
            arbiter: this.arbiter,
            currency: this.chain.deployment.contracts.DepositCurrency,
            item: encodeBytes32String("RICE"),
            unit: "0x4b474d",
            quantity: 1_000n,
            unitPrice: 10_000n,
            deliverBy,
            paymentDays: 30n,
            inspectionDays: 3n,
            termsRoot: `0x${"1".repeat(64)}`,
          })),
          how,
        );
    }
  }

  #below(count: number): number {
    return Number(this.random.below(BigInt(count)));
  }
}
