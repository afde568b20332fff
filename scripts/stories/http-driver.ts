import { ApiProblem } from "../api/api-problem.ts";
import { timeText } from "../api/civil-time.ts";
import type { Driver } from "./driver.ts";
import { prepareAct } from "./http/acts.ts";
import { moveTo, playPrologue, type Scene } from "./http/scene.ts";
import type { Stage, StageDatabase } from "./http/stage.ts";
import { StagePool } from "./http/stage-pool.ts";
import { readState } from "./http/state.ts";
import type { State, Step, Story } from "./story.ts";

/** Tells stories through the HTTP API alone, each to a sandbox of its own. */
export class HttpDriver implements Driver {
  private readonly pool: StagePool;
  private telling: { stage: Stage; scene: Scene } | null = null;

  /**
   * @param stories that will be told at most
   * @param makeDatabase for each; SQLite in a folder where nothing is said
   */
  constructor(stories: number, makeDatabase?: () => Promise<StageDatabase>) {
    this.pool = new StagePool(stories, makeDatabase);
  }

  async setScene(story: Story): Promise<void> {
    this.telling = null;
    const stage = await this.pool.take();
    this.telling = { stage, scene: await playPrologue(stage, story) };
  }

  async act({ act, at, by }: Step): Promise<string | null> {
    const { stage, scene } = this.requireTelling();
    const command = await prepareAct(stage, scene, by, act);
    await moveTo(stage, at);
    try {
      const made = await command();
      if (made === null) return null;
      // The API answers a ticket that it has with the receipt on record, and makes no other.
      if (scene.receipts.get(made.name) === made.id) return "AlreadyExists";
      scene.receipts.set(made.name, made.id);
      return null;
    } catch (problem) {
      // What the server could not do is no refusal.
      if (problem instanceof ApiProblem && problem.status < 500) return problem.code;
      throw problem;
    }
  }

  observe(at: bigint): Promise<State> {
    const { stage, scene } = this.requireTelling();
    return readState(stage, scene, timeText(at));
  }

  close(): Promise<void> {
    return this.pool.close();
  }

  private requireTelling(): { stage: Stage; scene: Scene } {
    if (this.telling === null) throw new Error("no scene has been set");
    return this.telling;
  }
}
