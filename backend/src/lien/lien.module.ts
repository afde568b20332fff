import { Module } from "@nestjs/common";
import { Projectors } from "../projection/handlers.ts";
import { LienController } from "./lien.controller.ts";
import { lienProjector } from "./lien.projector.ts";
import { LienService } from "./lien.service.ts";

@Module({
  controllers: [LienController],
  providers: [LienService],
  exports: [LienService],
})
export class LienModule {
  constructor(projectors: Projectors) {
    projectors.add(lienProjector);
  }
}
