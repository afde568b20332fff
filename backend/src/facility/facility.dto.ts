import { IsIn } from "class-validator";
import {
  AddressesField,
  AddressField,
  ChoiceField,
  DateField,
  IdField,
  IntegerField,
  MoneyField,
  TextField,
  TimeField,
} from "../http/fields.ts";
import { PageQuery } from "../http/paging.ts";
import { NumberField } from "../order/order-fields.ts";
import { facilityStatuses, type FacilityStatus } from "./facility.entity.ts";

const allBps = 10_000;
const longestDays = 365;
const mostPayees = 16;

/** What the contracts take of a facility's terms, beyond which parties and which currency. */
class FacilityTermsFields {
  @NumberField({ description: "the lender's agreement number", example: "F-2026-3" })
  number!: string;

  @AddressField({ description: "a party with the cooperative role" })
  borrower!: string;

  @AddressField({ description: "the party whose orders are financed" })
  buyer!: string;

  @IntegerField({ max: allBps, description: "share of undelivered, unstored value that is lent" })
  orderAdvanceBps!: number;

  @IntegerField({ max: allBps, description: "share of stored value that is lent" })
  storedAdvanceBps!: number;

  @IntegerField({ max: allBps, description: "share of money owed that is lent" })
  acceptedAdvanceBps!: number;

  @IntegerField({ max: allBps, description: "interest a year" })
  rateBps!: number;

  @IntegerField({ max: allBps, description: "interest a year after maturity; not below rateBps" })
  penaltyRateBps!: number;

  @IntegerField({ min: 360, max: 365, description: "360 or 365" })
  @IsIn([360, 365], { message: "must be 360 or 365" })
  dayBasis!: number;

  @IntegerField({ min: 1, max: longestDays, description: "from first drawdown to maturity day" })
  tenorDays!: number;

  @IntegerField({ max: longestDays, description: "after maturity, before default" })
  graceDays!: number;

  @IntegerField({
    max: allBps,
    description: "share of a payment that goes to the loan before its turn",
  })
  sweepBps!: number;

  @DateField({ description: "last day on which it can be drawn" })
  expires!: string;
}

export class OpenFacilityBody extends FacilityTermsFields {
  @TextField({
    optional: true,
    max: 16,
    example: "CNY",
    description: "default: the deposit currency",
  })
  currency?: string;

  @MoneyField({ description: "principal over all roots" })
  limit!: string;

  @AddressField({
    optional: true,
    description: "account where the lender is paid; default: its payout account",
  })
  payee?: string;

  @AddressField({
    optional: true,
    description: "party that takes the lender's money when the lender cannot",
  })
  depositary?: string;

  @AddressesField({
    optional: true,
    max: mostPayees,
    description: "accounts, besides the borrower's own, that a drawdown may be paid to",
  })
  approvedPayees?: string[];
}

export class LimitBody {
  @MoneyField({ description: "lower than the limit now" })
  limit!: string;
}

export class DepositaryBody {
  @AddressField({ description: "an admitted party that is not the lender" })
  depositary!: string;
}

export class PayeeBody {
  @AddressField({ description: "account where the lender is paid from now on" })
  payee!: string;
}

export class FacilityListQuery extends PageQuery {
  @AddressField({ optional: true })
  lender?: string;

  @AddressField({ optional: true })
  borrower?: string;

  @AddressField({ optional: true })
  buyer?: string;

  @ChoiceField(facilityStatuses, { optional: true, name: "FacilityStatus" })
  status?: FacilityStatus;
}

export class FacilityDto extends FacilityTermsFields {
  @IdField()
  id!: string;

  @AddressField()
  lender!: string;

  @TextField()
  lenderName!: string;

  @TextField()
  borrowerName!: string;

  @TextField()
  buyerName!: string;

  @TextField({ example: "CNY" })
  currency!: string;

  @MoneyField()
  limit!: string;

  @AddressField()
  payee!: string;

  @AddressField({ nullable: true })
  depositary!: string | null;

  @AddressesField({
    max: mostPayees,
    description: "accounts, besides the borrower's own, that a drawdown may be paid to",
  })
  approvedPayees!: string[];

  @ChoiceField(facilityStatuses, { name: "FacilityStatus" })
  status!: FacilityStatus;

  @MoneyField({ description: "principal over all roots" })
  drawn!: string;

  @IntegerField({ description: "roots whose loan is in default" })
  defaults!: number;

  @MoneyField({ description: "what the limit leaves; a root may bear less, see the quote" })
  available!: string;

  @TimeField()
  openedAt!: string;

  @IntegerField()
  block!: number;

  @IdField()
  transaction!: string;
}
