import { Module } from "@nestjs/common";
import { EpcisModule } from "../epcis/epcis.module.ts";
import { LienModule } from "../lien/lien.module.ts";
import { TraceModule } from "../trace/trace.module.ts";
import { WarehouseModule } from "../warehouse/warehouse.module.ts";
import "./digital-link.errors.ts";
import { ChainRelayController } from "./chain-relay.controller.ts";
import { ChainRelay } from "./chain-relay.ts";
import { LotController } from "./lot.controller.ts";
import { LabelController } from "./label.controller.ts";
import { LabelService } from "./label.service.ts";
import { ResolverController } from "./resolver.controller.ts";
import { StandingController } from "./standing.controller.ts";
import { StandingService } from "./standing.service.ts";
import { StoryService } from "./story.service.ts";

/** What is behind the labels on the goods. */
@Module({
  imports: [EpcisModule, TraceModule, WarehouseModule, LienModule],
  controllers: [
    LotController,
    ChainRelayController,
    LabelController,
    ResolverController,
    StandingController,
  ],
  providers: [ChainRelay, LabelService, StandingService, StoryService],
})
export class DigitalLinkModule {}
