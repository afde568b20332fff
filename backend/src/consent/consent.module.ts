import { Global, Module } from "@nestjs/common";
import { ConsentController } from "./consent.controller.ts";
import "./consent.errors.ts";
import { ConsentService } from "./consent.service.ts";

@Global()
@Module({
  controllers: [ConsentController],
  providers: [ConsentService],
  exports: [ConsentService],
})
export class ConsentModule {}
