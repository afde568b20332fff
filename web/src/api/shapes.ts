import type { components } from "./schema.d.ts";

type Schemas = components["schemas"];

export type PickableParty = Schemas["PickablePartyDto"];
export type Party = Schemas["PartyDto"];
export type Order = Schemas["OrderDto"];
export type OrderStatus = Schemas["OrderStatus"];
export type Receipt = Schemas["ReceiptDto"];
export type Standing = Schemas["StandingDto"];
export type Delivery = Schemas["DeliveryDto"];
export type Receivable = Schemas["ReceivableDto"];
export type Loan = Schemas["LoanDto"];
export type Lien = Schemas["LienDto"];
export type Lineage = Schemas["LineageDto"];
export type LedgerEvent = Schemas["ActDto"];
export type Command = Schemas["CommandDto"];
export type Me = Schemas["MeDto"];
export type Calendar = Schemas["CalendarDto"];
export type GoodsTrace = Schemas["GoodsTraceDto"];
export type TraceFlag = Schemas["TraceFlagDto"];
