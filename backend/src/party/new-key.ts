import type { Actor } from "../auth/actor.ts";

/** The port to what the sandbox does with a key that it has made for a party, before the party is admitted. */
export abstract class NewKey {
  abstract prepare(owner: Actor): Promise<void>;
}
