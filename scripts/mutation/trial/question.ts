/** What the parent asks of a bench. */
export interface Question {
  /** Creation code as compiled for the house, and what is deployed in its place. */
  readonly instead: readonly (readonly [original: string, mutated: string])[];
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
