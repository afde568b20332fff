import { Global, Module, type DynamicModule } from "@nestjs/common";
import type { Config } from "./config.ts";

/** Injection token of the `Config`. */
export const CONFIG = Symbol("Config");

@Global()
@Module({})
export class ConfigModule {
  static of(config: Config): DynamicModule {
    return {
      module: ConfigModule,
      providers: [{ provide: CONFIG, useValue: config }],
      exports: [CONFIG],
    };
  }
}
