import { PermitDto } from "../consent/consent.dto.ts";
import {
  AddressField,
  ChoiceField,
  DateField,
  IdField,
  IntegerField,
  MoneyField,
  ObjectField,
  TextField,
  TimeField,
} from "../http/fields.ts";
import { PageQuery } from "../http/paging.ts";
import { loanStatuses, type LoanStatus } from "../lien/loan-status.ts";

const mostRevisions = 2 ** 24 - 1;

export class DrawdownBody {
  @IdField({ description: "the order to draw on" })
  order!: string;

  @MoneyField()
  amount!: string;

  @IntegerField({
    max: mostRevisions,
    description: "the root's revision that the borrower acts on; 409 if it has changed",
  })
  revision!: number;

  @AddressField({
    optional: true,
    description: "one of the facility's approved payees; default: the borrower's payout account",
  })
  payee?: string;
}

export class RepaymentBody {
  @MoneyField({ description: "at most what is due is taken" })
  amount!: string;

  @IntegerField({
    max: mostRevisions,
    description: "the root's revision that the payer acts on; 409 if it has changed",
  })
  revision!: number;

  @ObjectField(() => PermitDto, {
    optional: true,
    description: "the payer's, in place of an approval",
  })
  permit?: PermitDto;
}

export class LoanListQuery extends PageQuery {
  @IdField({ optional: true })
  facility?: string;

  @ChoiceField(loanStatuses, { optional: true, name: "LoanStatus" })
  status?: LoanStatus;

  @AddressField({ optional: true })
  borrower?: string;

  @AddressField({ optional: true })
  lender?: string;

  @TimeField({ optional: true, description: "interest and base at this time; default now" })
  asOf?: string;
}

/** The debt on a root; without one, facility and what belongs to it are null. */
export class LoanDto {
  @IdField()
  root!: string;

  @TextField({ description: "the buyer's order number" })
  number!: string;

  @IntegerField()
  line!: number;

  @IdField({ nullable: true, description: "that lends, or lent last" })
  facility!: string | null;

  @ChoiceField(loanStatuses, { name: "LoanStatus" })
  status!: LoanStatus;

  @AddressField({ nullable: true })
  lender!: string | null;

  @TextField({ nullable: true })
  lenderName!: string | null;

  @AddressField()
  borrower!: string;

  @TextField()
  borrowerName!: string;

  @TextField({ example: "CNY" })
  currency!: string;

  @MoneyField()
  principal!: string;

  @MoneyField({ description: "accrued and unpaid at asOf, rounded half up" })
  interestDue!: string;

  @MoneyField({ description: "principal and interest due" })
  due!: string;

  @DateField({ nullable: true, description: "the day up to which the interest rate runs" })
  maturityDate!: string | null;

  @DateField({ nullable: true, description: "day of the first drawdown" })
  since!: string | null;

  @IntegerField({ description: "days since the maturity day for which principal is owed" })
  daysPastDue!: number;

  @DateField({ nullable: true })
  defaultedOn!: string | null;

  @DateField({
    nullable: true,
    description: "when the lender wrote it off in its own books, which forgives nothing",
  })
  writtenOffOn!: string | null;

  @IntegerField({
    description: "money acts on the root so far; to name in a drawdown or a repayment",
  })
  revision!: number;

  @MoneyField({ nullable: true, description: "under this facility" })
  borrowingBase!: string | null;

  @MoneyField({
    nullable: true,
    description: "what could be drawn on the root under this facility",
  })
  available!: string | null;

  @TimeField()
  asOf!: string;
}

export class RepaymentDto {
  @MoneyField({ description: "what was taken" })
  taken!: string;

  @MoneyField()
  interest!: string;

  @MoneyField()
  principal!: string;

  @ObjectField(() => LoanDto)
  loan!: LoanDto;
}
