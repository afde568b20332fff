import { Module, type DynamicModule } from "@nestjs/common";
import { LoggerModule } from "nestjs-pino";
import { AnchorModule } from "./anchor/anchor.module.ts";
import type { AnchoringAccount } from "./anchor/anchoring-account.ts";
import { AuditModule } from "./audit/audit.module.ts";
import type { Administration } from "./auth/administration.ts";
import { AuthModule } from "./auth/auth.module.ts";
import { BundleModule } from "./bundle/bundle.module.ts";
import { ChainModule, type ChainParts } from "./chain/chain.module.ts";
import { CommandModule } from "./command/command.module.ts";
import { ConsentModule } from "./consent/consent.module.ts";
import type { Config } from "./config/config.ts";
import { ConfigModule } from "./config/config.module.ts";
import type { Database } from "./database/database.ts";
import { DatabaseModule } from "./database/database.module.ts";
import { DigitalLinkModule } from "./digital-link/digital-link.module.ts";
import { DocumentModule } from "./document/document.module.ts";
import { EpcisModule } from "./epcis/epcis.module.ts";
import { FacilityModule } from "./facility/facility.module.ts";
import { HealthModule } from "./health/health.module.ts";
import { redaction } from "./http/redaction.ts";
import { HttpModule } from "./http/http.module.ts";
import { ofRequest } from "./http/request-log.ts";
import { LienModule } from "./lien/lien.module.ts";
import { MetricsModule } from "./metrics/metrics.module.ts";
import { MoneyModule } from "./money/money.module.ts";
import { OfficeModule } from "./office/office.module.ts";
import { OrderModule } from "./order/order.module.ts";
import { OrganisationModule } from "./organisation/organisation.module.ts";
import { PartyModule } from "./party/party.module.ts";
import { ProjectionModule } from "./projection/projection.module.ts";
import { ProvenanceModule } from "./provenance/provenance.module.ts";
import { ReceivableModule } from "./receivable/receivable.module.ts";
import { SandboxModule } from "./sandbox/sandbox.module.ts";
import { TraceModule } from "./trace/trace.module.ts";
import { WarehouseModule } from "./warehouse/warehouse.module.ts";
import { WebhookModule } from "./webhook/webhook.module.ts";

/** The nouns, in the order in which events reach their projectors. */
const nouns = [
  PartyModule,
  MoneyModule,
  OrderModule,
  WarehouseModule,
  ReceivableModule,
  LienModule,
  FacilityModule,
  EpcisModule,
  DocumentModule,
  TraceModule,
  ProvenanceModule,
  DigitalLinkModule,
  BundleModule,
  OfficeModule,
];

export interface AppParts extends ChainParts {
  readonly config: Config;
  readonly database: Database;
  readonly administration: Administration;
  readonly anchoring: AnchoringAccount;
}

@Module({})
export class AppModule {
  static of(parts: AppParts): DynamicModule {
    const { config } = parts;
    return {
      module: AppModule,
      imports: [
        // `followRequests` gives each line its request: pino-http would describe the request in every one of them.
        LoggerModule.forRoot({
          pinoHttp: { level: config.logLevel, redact: redaction, mixin: ofRequest },
          forRoutes: [],
        }),
        ConfigModule.of(config),
        DatabaseModule.of(parts.database),
        ChainModule.of(parts),
        AuditModule,
        ProjectionModule,
        AuthModule.of(parts.administration),
        CommandModule,
        HttpModule,
        OrganisationModule,
        ConsentModule,
        ...nouns,
        AnchorModule.of(parts.anchoring),
        ...(config.sandbox ? [SandboxModule] : []),
        WebhookModule,
        HealthModule,
        MetricsModule,
      ],
    };
  }
}
