import { Global, Module, type DynamicModule } from "@nestjs/common";
import { APP_GUARD } from "@nestjs/core";
import { Administration } from "./administration.ts";
import { AuthController } from "./auth.controller.ts";
import { AuthGuard } from "./auth.guard.ts";
import { SessionService } from "./session.service.ts";

@Global()
@Module({})
export class AuthModule {
  static of(administration: Administration): DynamicModule {
    return {
      module: AuthModule,
      controllers: [AuthController],
      providers: [
        SessionService,
        { provide: Administration, useValue: administration },
        { provide: APP_GUARD, useClass: AuthGuard },
      ],
      exports: [SessionService, Administration],
    };
  }
}
