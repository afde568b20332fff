import { Global, Module } from "@nestjs/common";
import { APP_INTERCEPTOR } from "@nestjs/core";
import "./audit.errors.ts";
import { AuditInterceptor } from "./audit.interceptor.ts";
import { AuditLog } from "./audit-log.ts";

/** Comes before all other interceptors: what they refuse is on record, too. */
@Global()
@Module({
  providers: [AuditLog, { provide: APP_INTERCEPTOR, useClass: AuditInterceptor }],
  exports: [AuditLog],
})
export class AuditModule {}
