import type { ProjectorDefinition } from "../projection/handlers.ts";
import { AnchorRow } from "./anchor.entity.ts";

export const anchorProjector: ProjectorDefinition = {
  rows: [AnchorRow],
  handlers: {
    Provenance: {
      async Anchored({ args, block, transaction }, ledger) {
        await ledger.put(AnchorRow, {
          root: args.root,
          by: args.by,
          anchoredAt: Number(args.anchoredAt),
          first: Number(args.first),
          count: Number(args.count),
          block,
          transaction,
        });
      },
    },
  },
};
