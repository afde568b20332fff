import type { ObjectLiteral, SelectQueryBuilder } from "typeorm";

/**
 * The port to those who may look at a claim though they are on no side of it: lenders, whose facility its root could
 * be drawn under. The facility noun answers it, for the nouns below.
 */
export abstract class RootWatchers {
  /** Whether the party may look at the claims with this root. */
  abstract mayWatch(party: string, root: string): Promise<boolean>;

  /**
   * A sub-select of the ids of all roots that the party may look at, for `… IN (…)`.
   * @param rows the query that it becomes part of; it gets the parameter `watcher`
   */
  abstract watchedRoots(rows: SelectQueryBuilder<ObjectLiteral>, party: string): string;
}
