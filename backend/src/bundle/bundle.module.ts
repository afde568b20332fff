import { Module } from "@nestjs/common";
import { DocumentModule } from "../document/document.module.ts";
import { ProvenanceModule } from "../provenance/provenance.module.ts";
import { TraceModule } from "../trace/trace.module.ts";
import { BundleClaims } from "./bundle-claims.ts";
import { BundleController } from "./bundle.controller.ts";
import { BundleService } from "./bundle.service.ts";
import { BundleStates } from "./bundle-state.ts";

@Module({
  imports: [DocumentModule, ProvenanceModule, TraceModule],
  controllers: [BundleController],
  providers: [BundleClaims, BundleService, BundleStates],
})
export class BundleModule {}
