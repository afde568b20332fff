import type { Replacement } from "../../solidity/deployment.ts";

/** What the parent asks of a bench. */
export interface Question {
  readonly instead: readonly Replacement[];
  /** Test files to run, in this order; it ends with the first test that fails. */
  readonly files: readonly string[];
  /** Stories to tell to the contracts when all tests have passed. */
  readonly stories: readonly string[];
}

export interface Answer {
  /** The test file or story that noticed; undefined where nothing did. */
  readonly file: string | undefined;
  /** The test in it. */
  readonly test: string | undefined;
}
