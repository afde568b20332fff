import { Global, Module, type DynamicModule } from "@nestjs/common";
import { APP_GUARD } from "@nestjs/core";
import { Actors } from "./actors.ts";
import { AddressRates } from "./address-rates.ts";
import { Administration } from "./administration.ts";
import { ApiKeyController } from "./api-key.controller.ts";
import { ApiKeyService } from "./api-key.service.ts";
import { AuthController } from "./auth.controller.ts";
import "./auth.errors.ts";
import { AuthGuard } from "./auth.guard.ts";
import { Bearers } from "./bearers.ts";
import { AddressRateGuard, CallerRateGuard } from "./rate.guard.ts";
import { SessionService } from "./session.service.ts";
import { SignInService } from "./sign-in.service.ts";

@Global()
@Module({})
export class AuthModule {
  static of(administration: Administration): DynamicModule {
    return {
      module: AuthModule,
      controllers: [AuthController, ApiKeyController],
      providers: [
        Actors,
        AddressRates,
        SessionService,
        SignInService,
        ApiKeyService,
        Bearers,
        { provide: Administration, useValue: administration },
        { provide: APP_GUARD, useClass: AddressRateGuard },
        { provide: APP_GUARD, useClass: AuthGuard },
        { provide: APP_GUARD, useClass: CallerRateGuard },
      ],
      exports: [SessionService, Administration, Actors, AddressRates, Bearers],
    };
  }
}
