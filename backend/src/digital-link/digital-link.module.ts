import { Module } from "@nestjs/common";
import { EpcisModule } from "../epcis/epcis.module.ts";
import { Anchors } from "./anchors.ts";
import "./digital-link.errors.ts";
import { ChainRelayController } from "./chain-relay.controller.ts";
import { ChainRelay } from "./chain-relay.ts";
import { LotController } from "./lot.controller.ts";
import { LotHistory } from "./lot-history.ts";
import { StoryService } from "./story.service.ts";

/** What is behind the labels on the goods. */
@Module({
  imports: [EpcisModule],
  controllers: [LotController, ChainRelayController],
  providers: [Anchors, ChainRelay, LotHistory, StoryService],
})
export class DigitalLinkModule {}
