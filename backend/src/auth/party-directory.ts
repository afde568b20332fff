import type { PartyRole } from "./actor.ts";

/** A party as the read model has it. */
export interface DirectoryEntry {
  readonly id: string;
  readonly name: string;
  readonly key: string;
  readonly payoutAccount: string;
  readonly roles: readonly PartyRole[];
  readonly suspended: boolean;
}

/** The port to the parties, for what lies below them; the party noun answers it. */
export abstract class PartyDirectory {
  abstract find(id: string): Promise<DirectoryEntry | undefined>;

  /** The party whose present key this account is. */
  abstract withKey(account: string): Promise<DirectoryEntry | undefined>;
}
