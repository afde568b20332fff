import { Global, Module } from "@nestjs/common";
import { Projectors } from "../projection/handlers.ts";
import { BalanceService } from "./balance.service.ts";
import { CurrencyService } from "./currency.service.ts";
import { MoneyController } from "./money.controller.ts";
import "./money.errors.ts";
import { moneyProjector } from "./money.projector.ts";
import { SettlementBank } from "./settlement-bank.ts";

@Global()
@Module({
  controllers: [MoneyController],
  providers: [BalanceService, CurrencyService, SettlementBank],
  exports: [BalanceService, CurrencyService, SettlementBank],
})
export class MoneyModule {
  constructor(projectors: Projectors) {
    projectors.add(moneyProjector);
  }
}
