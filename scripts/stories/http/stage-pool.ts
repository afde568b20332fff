import { buildStage, type Stage } from "./stage.ts";

/**
 * Stages for stories told one after the other, each its own since no calendar goes back: the next
 * is built, and the last cleared, while a story is told on another.
 */
export class StagePool {
  private present: Stage | null = null;
  private next: Promise<Stage> | null;
  private readonly clearing: Promise<void>[] = [];
  private left: number;

  /** @param stages that will be asked for at most */
  constructor(stages: number) {
    this.left = stages;
    this.next = this.buildNext();
  }

  /** A fresh stage; the one before is not to be used any more. */
  async take(): Promise<Stage> {
    if (this.next === null) throw new Error("more stages were asked for than were announced");
    this.clearPresent();
    this.present = await this.next;
    this.next = this.buildNext();
    return this.present;
  }

  /** @throws the first reason why a stage could not be cleared */
  async close(): Promise<void> {
    this.clearPresent();
    const next = await this.next?.catch(() => null);
    this.next = null;
    await next?.clear();
    await Promise.all(this.clearing);
  }

  private buildNext(): Promise<Stage> | null {
    if (this.left === 0) return null;
    this.left -= 1;
    const stage = buildStage();
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
