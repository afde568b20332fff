import { Global, Module } from "@nestjs/common";
import { OrganisationController } from "./organisation.controller.ts";
import { OfficePeople } from "./office-people.ts";
import "./organisation.errors.ts";
import { OrganisationService } from "./organisation.service.ts";
import { People } from "./people.ts";

@Global()
@Module({
  controllers: [OrganisationController],
  providers: [People, OfficePeople, OrganisationService],
  exports: [People],
})
export class OrganisationModule {}
