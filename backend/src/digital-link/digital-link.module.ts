import { Module } from "@nestjs/common";
import { EpcisModule } from "../epcis/epcis.module.ts";
import { Anchors } from "./anchors.ts";
import "./digital-link.errors.ts";
import { LotController } from "./lot.controller.ts";
import { LotHistory } from "./lot-history.ts";
import { StoryService } from "./story.service.ts";

/** What is behind the labels on the goods. */
@Module({
  imports: [EpcisModule],
  controllers: [LotController],
  providers: [Anchors, LotHistory, StoryService],
})
export class DigitalLinkModule {}
