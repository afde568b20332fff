import { Global, Module } from "@nestjs/common";
import { PartyDirectory } from "../auth/party-directory.ts";
import { Projectors } from "../projection/handlers.ts";
import { MadeKeys } from "./made-keys.ts";
import { OriginationController } from "./origination.controller.ts";
import { OriginationService } from "./origination.service.ts";
import { PartyController } from "./party.controller.ts";
import "./party.errors.ts";
import { partyProjector } from "./party.projector.ts";
import { PartyKeyService } from "./party-key.service.ts";
import { PartyService } from "./party.service.ts";
import { ProjectedParties } from "./projected-parties.ts";

@Global()
@Module({
  controllers: [PartyController, OriginationController],
  providers: [
    PartyService,
    OriginationService,
    PartyKeyService,
    MadeKeys,
    { provide: PartyDirectory, useClass: ProjectedParties },
  ],
  exports: [PartyService, OriginationService, PartyDirectory],
})
export class PartyModule {
  constructor(projectors: Projectors) {
    projectors.add(partyProjector);
  }
}
