import { Injectable } from "@nestjs/common";
import { In } from "typeorm";
import { Database } from "../database/database.ts";
import { EpcisEventRow, EpcisLinkRow } from "../epcis/epcis.entity.ts";
import { linkRoles } from "../epcis/link-roles.ts";
import type { StoryFlag } from "./story.ts";

/** Events of one page. */
const most = 200;

export interface History {
  /** In the order of recording. */
  readonly rows: readonly EpcisEventRow[];
  readonly isWhole: boolean;
  readonly flags: readonly StoryFlag[];
}

/** What happened to a lot, and to all that it was made of. */
@Injectable()
export class LotHistory {
  constructor(private readonly database: Database) {}

  async of(names: readonly string[]): Promise<History> {
    const { read } = this.database;
    const known = new Set<string>();
    const events = new Set<number>();
    let frontier = [...names];
    while (frontier.length > 0 && events.size <= most) {
      for (const uri of frontier) known.add(uri);
      const links = await read.find(EpcisLinkRow, {
        where: { uri: In(frontier) },
        take: 4 * most,
      });
      for (const { event } of links) events.add(event);
      const made = links.filter(({ role }) => outputs.has(role)).map(({ event }) => event);
      const from = await read.find(EpcisLinkRow, {
        where: { event: In(made), role: In([...inputs]) },
      });
      frontier = [...new Set(from.map(({ uri }) => uri))].filter((uri) => !known.has(uri));
    }
    const ids = [...events].sort((a, b) => a - b).slice(0, most);
    const rows = await read.find(EpcisEventRow, { where: { id: In(ids) }, order: { id: "ASC" } });
    return { rows, isWhole: events.size <= most, flags: [] };
  }
}

const outputs: ReadonlySet<number> = new Set([linkRoles.outputEpc, linkRoles.outputQuantity]);
const inputs: ReadonlySet<number> = new Set([linkRoles.inputEpc, linkRoles.inputQuantity]);
