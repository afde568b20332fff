import { RefreshTokenRow } from "./auth/session.entity.ts";
import { SessionTables1790000002000 } from "./auth/session.migration.ts";
import { CommandRow, SigningAccountRow } from "./command/command.entity.ts";
import { CommandTables1790000001000 } from "./command/command.migration.ts";
import type { Schema } from "./database/database.ts";
import { BalanceRow, CurrencyRow } from "./money/money.entity.ts";
import { MoneyTables1790000010000 } from "./money/money.migration.ts";
import { OriginationRow, PartyRow } from "./party/party.entity.ts";
import { PartyTables1790000020000 } from "./party/party.migration.ts";
import {
  ChainEventRow,
  EventLinkRow,
  FollowedCurrencyRow,
  JournalRow,
  ProjectionRow,
} from "./projection/projection.entity.ts";
import { ProjectionTables1790000000000 } from "./projection/projection.migration.ts";

/** Every table, and the migrations that make them, in the order of their times. */
export const schema: Schema = {
  entities: [
    ProjectionRow,
    JournalRow,
    FollowedCurrencyRow,
    ChainEventRow,
    EventLinkRow,
    CommandRow,
    SigningAccountRow,
    RefreshTokenRow,
    CurrencyRow,
    BalanceRow,
    PartyRow,
    OriginationRow,
  ],
  migrations: [
    ProjectionTables1790000000000,
    CommandTables1790000001000,
    SessionTables1790000002000,
    MoneyTables1790000010000,
    PartyTables1790000020000,
  ],
};
