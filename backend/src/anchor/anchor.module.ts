import { Global, Module, type DynamicModule } from "@nestjs/common";
import { HealthModule } from "../health/health.module.ts";
import { HealthService } from "../health/health.service.ts";
import { Gauges } from "../metrics/gauges.ts";
import { MetricsModule } from "../metrics/metrics.module.ts";
import { Projectors } from "../projection/handlers.ts";
import { AnchorBacklog } from "./anchor-backlog.ts";
import "./anchor.errors.ts";
import { anchorProjector } from "./anchor.projector.ts";
import { AnchorService } from "./anchor.service.ts";
import { Anchorer } from "./anchorer.ts";
import { AnchoringAccount } from "./anchoring-account.ts";
import { BatchRecord } from "./batch-record.ts";
import { BatchTree } from "./batch-tree.ts";

/** Whoever gives events out gives them with their proofs. */
@Global()
@Module({})
export class AnchorModule {
  static of(account: AnchoringAccount): DynamicModule {
    return {
      module: AnchorModule,
      imports: [HealthModule, MetricsModule],
      providers: [
        { provide: AnchoringAccount, useValue: account },
        AnchorBacklog,
        AnchorService,
        Anchorer,
        BatchRecord,
        BatchTree,
      ],
      exports: [AnchorService, AnchoringAccount],
    };
  }

  constructor(
    projectors: Projectors,
    health: HealthService,
    gauges: Gauges,
    backlog: AnchorBacklog,
  ) {
    projectors.add(anchorProjector);
    health.watchAnchors(() => backlog.problem());
    gauges.add("events_not_anchored", "Supply-chain events that are not on chain yet.", () =>
      backlog.eventsWaiting(),
    );
    gauges.add(
      "event_oldest_not_anchored_seconds",
      "Since the oldest of them was recorded; 0 where there is none.",
      () => backlog.oldestWaiting(),
    );
    gauges.add("anchor_batches_waiting", "Trees on record whose root is not on chain yet.", () =>
      backlog.batchesWaiting(),
    );
  }
}
