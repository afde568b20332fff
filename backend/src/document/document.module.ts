import { Module } from "@nestjs/common";
import { DisclosureService } from "./disclosure.service.ts";
import { DocumentController } from "./document.controller.ts";
import { DocumentService } from "./document.service.ts";

@Module({
  controllers: [DocumentController],
  providers: [DocumentService, DisclosureService],
  exports: [DisclosureService],
})
export class DocumentModule {}
