import { buildStage, type Stage, type StageDatabase } from "./stage.ts";

/**
 * Stages for stories told one after the other, each its own since no calendar goes back: the next
 * is built, and the last cleared, while a story is told on another.
 */
export class StagePool {
  private present: Stage | null = null;
  private next: Promise<Stage> | null;
  private readonly clearing: Promise<void>[] = [];
  private closing: Promise<void> | null = null;
  private left: number;

  /** @param stages that will be asked for at most */
  constructor(
    stages: number,
    private readonly makeDatabase?: () => Promise<StageDatabase>,
  ) {
    this.left = stages;
    this.next = this.buildNext();
  }

  /** A fresh stage; the one before is not to be used any more. */
  async take(): Promise<Stage> {
    if (this.next === null) throw new Error("more stages were asked for than were announced");
    this.clearPresent();
    const stage = await this.next;
    // Closing clears what had not been taken.
    if (this.closing !== null) throw new Error("the stages are being cleared");
    this.present = stage;
    this.next = this.buildNext();
    return stage;
  }

  /** @throws the first reason why a stage could not be cleared */
  close(): Promise<void> {
    this.closing ??= this.clearAll();
    return this.closing;
  }

  private async clearAll(): Promise<void> {
    this.clearPresent();
    const next = await this.next?.catch(() => null);
    await Promise.all([next?.clear(), ...this.clearing]);
  }

  private buildNext(): Promise<Stage> | null {
    if (this.left === 0) return null;
    this.left -= 1;
    const stage = buildStage(this.makeDatabase);
    // It may fail long before it is asked for, which is then when to say so.
    stage.catch(() => undefined);
    return stage;
  }

  private clearPresent(): void {
    if (this.present === null) return;
    const cleared = this.present.clear();
    cleared.catch(() => undefined);
    this.clearing.push(cleared);
    this.present = null;
  }
}
