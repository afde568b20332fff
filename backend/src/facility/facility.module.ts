import { Global, Module } from "@nestjs/common";
import { RootWatchers } from "../claim/root-watchers.ts";
import { Projectors } from "../projection/handlers.ts";
import { FacilityController } from "./facility.controller.ts";
import "./facility.errors.ts";
import { facilityProjector } from "./facility.projector.ts";
import { FacilityOpening } from "./facility-opening.service.ts";
import { FacilityService } from "./facility.service.ts";
import { FacilityWatchers } from "./facility-watchers.ts";
import { LoanController } from "./loan.controller.ts";
import { LoanService } from "./loan.service.ts";
import { LoanView } from "./loan.view.ts";
import { QuoteService } from "./quote.service.ts";
import { StandingService } from "./standing.service.ts";
import { StatementService } from "./statement.service.ts";

/** Global, for it answers the nouns below who may look at a claim besides its sides. */
@Global()
@Module({
  controllers: [FacilityController, LoanController],
  providers: [
    FacilityService,
    FacilityOpening,
    FacilityWatchers,
    LoanService,
    LoanView,
    QuoteService,
    StandingService,
    StatementService,
    { provide: RootWatchers, useExisting: FacilityWatchers },
  ],
  exports: [LoanService, LoanView, RootWatchers],
})
export class FacilityModule {
  constructor(projectors: Projectors) {
    projectors.add(facilityProjector);
  }
}
