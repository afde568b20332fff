import { stageAct } from "./contracts/acts.ts";
import { playPrologue, type Scene } from "./contracts/scene.ts";
import { buildStage, type Stage } from "./contracts/stage.ts";
import { readState } from "./contracts/state.ts";
import type { Driver } from "./driver.ts";
import type { Log } from "./contracts/local-chain.ts";
import type { Act, State, Step, Story } from "./story.ts";

/** The currency's own errors stand for these, depending on whose money the act is about. */
const fundsErrors = new Set(["ERC20InsufficientBalance", "ERC20InsufficientAllowance"]);
const fundsOf: Partial<Record<Act["do"], string>> = {
  drawDown: "LenderFundsUnavailable",
  repay: "PayerFundsUnavailable",
  pay: "PayerFundsUnavailable",
};

/** Tells stories to the contracts alone, on a local network that all of them share. */
export class ContractsDriver implements Driver {
  private readonly stage: Stage;
  private empty: unknown;
  private scene: Scene | null = null;

  private constructor(stage: Stage, empty: unknown) {
    this.stage = stage;
    this.empty = empty;
  }

  static async open(): Promise<ContractsDriver> {
    const stage = await buildStage();
    return new ContractsDriver(stage, await stage.chain.snapshot());
  }

  async setScene(story: Story): Promise<void> {
    const { chain } = this.stage;
    this.scene = null;
    // A snapshot is good for one return.
    await chain.revert(this.empty);
    this.empty = await chain.snapshot();
    this.scene = await playPrologue(this.stage, story);
  }

  async act({ act, at, by }: Step): Promise<string | null> {
    const scene = this.requireScene();
    const { chain, accounts } = this.stage;
    const { call, makes } = await stageAct(this.stage, scene, act);
    const { error, logs } = await chain.attempt(accounts[by], call, at);
    if (error !== null) return fundsErrors.has(error) ? (fundsOf[act.do] ?? error) : error;
    if (makes !== undefined) scene.receipts.set(makes.receipt, makes.id);
    this.notePayments(scene, logs);
    return null;
  }

  observe(): Promise<State> {
    return readState(this.stage, this.requireScene());
  }

  close(): Promise<void> {
    return this.stage.chain.close();
  }

  private requireScene(): Scene {
    if (this.scene === null) throw new Error("no scene has been set");
    return this.scene;
  }

  private notePayments(scene: Scene, logs: readonly Log[]): void {
    const { interface: events } = this.stage.contracts.receivables;
    const { topicHash } = events.getEvent("ReceivablePaid");
    for (const { topics } of logs) {
      const [kind, receivable] = topics;
      if (kind === topicHash && receivable !== undefined) scene.paid.add(BigInt(receivable));
    }
  }
}
