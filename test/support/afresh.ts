import { load } from "./chain.ts";

/** A process that runs the tests again, on other bytecode, must not return to a scene of the run before. */
before(() => load(nothing));

function nothing(): Promise<void> {
  return Promise.resolve();
}
