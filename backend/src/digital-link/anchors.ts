import { Injectable } from "@nestjs/common";
import { parseStored } from "../epcis/stored-event.ts";
import type { EpcisEventRow } from "../epcis/epcis.entity.ts";
import type { ProvableEvent } from "../proof/provable-event.ts";

@Injectable()
export class Anchors {
  provable(rows: readonly EpcisEventRow[]): Promise<ProvableEvent[]> {
    return Promise.resolve(
      rows.map(({ body, party, sequence, sha256, hash, recordTime }) => ({
        event: parseStored(body),
        ...{ party, sequence, sha256, hash, recordTime, anchor: null },
      })),
    );
  }
}
