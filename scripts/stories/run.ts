import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { compareOutcomes, type Difference } from "./compare.ts";
import type { Driver } from "./driver.ts";
import type { Fault } from "../reading/json-place.ts";
import { readStory } from "./reading/read-story.ts";
import type { Step, Story } from "./story.ts";
import { within } from "./within.ts";

/** Longest wait for a driver to set a scene, to take a step or to answer, in milliseconds. */
const patience = 60_000;

/** A step that did not go as the story tells. */
export interface DifferingStep {
  /** From 1, in the order of the story. */
  number: number;
  step: Step;
  differences: readonly Difference[];
}

export interface Result {
  /** Name of the file in its folder. */
  file: string;
  /** Null where the file holds no story. */
  story: Story | null;
  passed: boolean;
  /** What is wrong with the file itself. */
  faults: readonly Fault[];
  differing: readonly DifferingStep[];
  /** Why the story could not be told to its end. */
  failure: string | null;
  milliseconds: number;
}

export interface Telling {
  files: readonly string[];
  /** Opened when there is a story to tell. */
  openDriver: () => Promise<Driver>;
  /** Only stories of this level; a file that is no story counts at every level. */
  level?: number | undefined;
  onResult?: (result: Result) => void;
}

/** Tells the stories one after the other; none that fails keeps the next from being told. */
export async function tellStories(telling: Telling): Promise<Result[]> {
  const results: Result[] = [];
  const teller = new Teller(telling.openDriver);
  try {
    for (const path of telling.files) {
      const start = performance.now();
      const { story, faults } = await read(path);
      if (story !== null && telling.level !== undefined && story.level !== telling.level) continue;
      const told = story === null ? { differing: [], failure: null } : await teller.tell(story);
      const result = {
        file: basename(path),
        story,
        faults: faults ?? [],
        ...told,
        passed: story !== null && told.failure === null && told.differing.length === 0,
        milliseconds: Math.round(performance.now() - start),
      };
      telling.onResult?.(result);
      results.push(result);
    }
  } finally {
    await teller.stop();
  }
  return results;
}

/** Keeps one driver for all stories, and takes another after one that came to grief. */
class Teller {
  private readonly openDriver: () => Promise<Driver>;
  private driver: Driver | null = null;

  constructor(openDriver: () => Promise<Driver>) {
    this.openDriver = openDriver;
  }

  /** The steps that differ, and the reason if the story could not be told to its end. */
  async tell(story: Story): Promise<Pick<Result, "differing" | "failure">> {
    const differing: DifferingStep[] = [];
    let doing = "starting";
    try {
      this.driver ??= await within(patience, this.openDriver());
      const { driver } = this;
      doing = "setting the scene";
      await within(patience, driver.setScene(story));
      for (const [index, step] of story.steps.entries()) {
        const number = index + 1;
        doing = `step ${number}, ${step.act.do}`;
        const error = await within(patience, driver.act(step));
        const state = await within(patience, driver.observe(step.at));
        const differences = compareOutcomes(step.expect, { error, state });
        if (differences.length > 0) differing.push({ number, step, differences });
      }
      return { differing, failure: null };
    } catch (problem) {
      const failure = `${doing}: ${reasonOf(problem)}`;
      await this.stop();
      return { differing, failure };
    }
  }

  async stop(): Promise<void> {
    const { driver } = this;
    this.driver = null;
    if (driver === null) return;
    try {
      await within(patience, driver.close());
    } catch (problem) {
      console.error(`The driver could not be stopped: ${reasonOf(problem)}`);
    }
  }
}

async function read(path: string): Promise<ReturnType<typeof readStory>> {
  try {
    return readStory(await readFile(path, "utf8"));
  } catch (problem) {
    return { story: null, faults: [{ pointer: "", message: reasonOf(problem) }] };
  }
}

function reasonOf(problem: unknown): string {
  return problem instanceof Error ? problem.message : String(problem);
}
