import { AnchorBatchRow, AnchorNodesRow, AnchorRow } from "./anchor/anchor.entity.ts";
import { AnchorTables1790000201000 } from "./anchor/anchor.migration.ts";
import { AuditEntryRow, AuditHeadRow } from "./audit/audit.entity.ts";
import { AuditTables1790000105002 } from "./audit/audit.migration.ts";
import { AccessTables1790000105000 } from "./auth/access.migration.ts";
import { ApiKeyRow } from "./auth/api-key.entity.ts";
import { RefreshTokenRow } from "./auth/session.entity.ts";
import { SessionTables1790000002000 } from "./auth/session.migration.ts";
import { SignInNonceRow } from "./auth/sign-in.entity.ts";
import { CommandRow, SigningAccountRow } from "./command/command.entity.ts";
import { CommandRequests1790000106100 } from "./command/command-request.migration.ts";
import { RequestRow } from "./command/request.entity.ts";
import { RequestTable1790000110000 } from "./command/request.migration.ts";
import { CommandTransactionRow } from "./command/command-transaction.entity.ts";
import { ScheduledCommands1790000206000 } from "./command/scheduling.migration.ts";
import { SendingTables1790000102000 } from "./command/sending.migration.ts";
import { CommandTables1790000001000 } from "./command/command.migration.ts";
import { OneCommandPerNonce1790000101100 } from "./command/nonce.migration.ts";
import type { Schema } from "./database/database.ts";
import { DisclosureRow, DocumentRow, DocumentSecretRow } from "./document/document.entity.ts";
import { DocumentTables1790000204000 } from "./document/document.migration.ts";
import {
  EpcisCaptureRow,
  EpcisEventRow,
  EpcisHistoryRow,
  EpcisLinkRow,
  EpcisLocationRow,
  EpcisMemberRow,
} from "./epcis/epcis.entity.ts";
import { EpcisTables1790000108000 } from "./epcis/epcis.migration.ts";
import { PlacePoints1790000230000 } from "./epcis/place-point.migration.ts";
import { EpcisHistory1790000220000 } from "./epcis/history.migration.ts";
import { FacilityRow, LoanMovementRow } from "./facility/facility.entity.ts";
import { FacilityTables1790000060000 } from "./facility/facility.migration.ts";
import { LienTables1790000050000 } from "./lien/lien.migration.ts";
import { LoanRow } from "./lien/loan.entity.ts";
import { BalanceRow, CurrencyRow } from "./money/money.entity.ts";
import { MoneyTables1790000010000 } from "./money/money.migration.ts";
import { ScheduledActRow } from "./office/scheduled-act.entity.ts";
import { ScheduledActTable1790000206001 } from "./office/scheduled-act.migration.ts";
import { DeliveryRow } from "./order/delivery.entity.ts";
import { OrderRow } from "./order/order.entity.ts";
import { OrderTables1790000025000 } from "./order/order.migration.ts";
import { ApprovalLimitRow } from "./organisation/approval-limit.entity.ts";
import { DayLimitRow } from "./organisation/day-limit.entity.ts";
import { DayLimits1790000205000 } from "./organisation/day-limit.migration.ts";
import { OrganisationTables1790000105001 } from "./organisation/organisation.migration.ts";
import { PersonRow } from "./organisation/person.entity.ts";
import { OriginationRow, PartyRow } from "./party/party.entity.ts";
import { PartyTables1790000020000 } from "./party/party.migration.ts";
import {
  ChainEventRow,
  EventLinkRow,
  EventSubjectRow,
  FollowedCurrencyRow,
  JournalRow,
  ProjectionRow,
} from "./projection/projection.entity.ts";
import { ReorganisationRow } from "./projection/reorganisation.entity.ts";
import { ReorganisationTable1790000101000 } from "./projection/reorganisation.migration.ts";
import { EventSubjects1790000103000 } from "./projection/event-subjects.migration.ts";
import { ProjectionTables1790000000000 } from "./projection/projection.migration.ts";
import { ReceivablePaymentRow, ReceivableRow } from "./receivable/receivable.entity.ts";
import { ReceivableTables1790000040000 } from "./receivable/receivable.migration.ts";
import { CapacityRow } from "./warehouse/capacity.entity.ts";
import { ReceiptRow } from "./warehouse/receipt.entity.ts";
import { WarehouseTables1790000030000 } from "./warehouse/warehouse.migration.ts";
import { WebhookDeliveryRow, WebhookRow } from "./webhook/webhook.entity.ts";
import { WebhookTables1790000106000 } from "./webhook/webhook.migration.ts";

/** Every table, and the migrations that make them, in the order of their times. */
export const schema: Schema = {
  entities: [
    ProjectionRow,
    JournalRow,
    FollowedCurrencyRow,
    ChainEventRow,
    EventLinkRow,
    CommandRow,
    CommandTransactionRow,
    SigningAccountRow,
    RefreshTokenRow,
    CurrencyRow,
    BalanceRow,
    PartyRow,
    OriginationRow,
    OrderRow,
    DeliveryRow,
    ReceiptRow,
    CapacityRow,
    ReceivableRow,
    ReceivablePaymentRow,
    LoanRow,
    FacilityRow,
    LoanMovementRow,
    ReorganisationRow,
    EventSubjectRow,
    WebhookRow,
    WebhookDeliveryRow,
    SignInNonceRow,
    ApiKeyRow,
    PersonRow,
    ApprovalLimitRow,
    AuditEntryRow,
    AuditHeadRow,
    EpcisEventRow,
    EpcisLinkRow,
    EpcisMemberRow,
    EpcisCaptureRow,
    EpcisLocationRow,
    RequestRow,
    AnchorRow,
    AnchorBatchRow,
    AnchorNodesRow,
    DocumentRow,
    DocumentSecretRow,
    DisclosureRow,
    EpcisHistoryRow,
    DayLimitRow,
    ScheduledActRow,
  ],
  migrations: [
    ProjectionTables1790000000000,
    CommandTables1790000001000,
    SessionTables1790000002000,
    MoneyTables1790000010000,
    PartyTables1790000020000,
    OrderTables1790000025000,
    WarehouseTables1790000030000,
    ReceivableTables1790000040000,
    LienTables1790000050000,
    FacilityTables1790000060000,
    ReorganisationTable1790000101000,
    OneCommandPerNonce1790000101100,
    SendingTables1790000102000,
    EventSubjects1790000103000,
    AccessTables1790000105000,
    OrganisationTables1790000105001,
    AuditTables1790000105002,
    WebhookTables1790000106000,
    CommandRequests1790000106100,
    EpcisTables1790000108000,
    RequestTable1790000110000,
    AnchorTables1790000201000,
    DocumentTables1790000204000,
    EpcisHistory1790000220000,
    PlacePoints1790000230000,
    DayLimits1790000205000,
    ScheduledCommands1790000206000,
    ScheduledActTable1790000206001,
  ],
};
