import {
  DateField,
  IdField,
  IntegerField,
  ListField,
  MoneyField,
  ObjectField,
  TextField,
  TimeField,
} from "../http/fields.ts";

export class QuoteQuery {
  @IdField({
    optional: true,
    description: "this root alone, rather than all that could carry a loan",
  })
  order?: string;

  @MoneyField({ optional: true, description: "what drawing this much would cost" })
  amount?: string;

  @TimeField({ optional: true, description: "default now" })
  asOf?: string;
}

export class BaseDto {
  @MoneyField({ description: "of undelivered goods that are not in store" })
  order!: string;

  @MoneyField({ description: "of goods in store" })
  stored!: string;

  @MoneyField({ description: "of money owed" })
  accepted!: string;
}

export class RootQuoteDto {
  @IdField()
  order!: string;

  @TextField()
  number!: string;

  @IntegerField()
  line!: number;

  @MoneyField()
  borrowingBase!: string;

  @ObjectField(() => BaseDto, { description: "the base by stage" })
  stages!: BaseDto;

  @MoneyField({ description: "drawn from this facility and not repaid" })
  principal!: string;

  @MoneyField()
  interestDue!: string;

  @MoneyField({ description: "what could be drawn now" })
  available!: string;

  @TextField({
    nullable: true,
    description:
      "the first check that refuses even the smallest drawdown; the lender's funds are looked at by the drawdown alone",
  })
  refusal!: string | null;

  @IntegerField({ description: "to name in the drawdown" })
  revision!: number;
}

export class DrawingCostDto {
  @MoneyField()
  amount!: string;

  @IdField({ nullable: true, description: "the root; null where the cost is that of a new loan" })
  order!: string | null;

  @TextField({
    nullable: true,
    description: "the check that would refuse this amount on this root",
  })
  refusal!: string | null;

  @DateField({ description: "of the loan that is there, or of the one that this would start" })
  maturityDate!: string;

  @IntegerField({ description: "to the maturity day" })
  days!: number;

  @MoneyField({ description: "until the maturity day, rounded half up" })
  interest!: string;

  @MoneyField()
  toRepay!: string;

  @TextField({
    description: "interest × 365 ÷ (amount × days) in basis points; see `rounding`",
    example: "458.26",
  })
  allInYearlyRateBps!: string;

  @TextField({ example: "half up to two places; simple interest, year of 365 days" })
  rounding!: string;
}

export class QuoteDto {
  @IdField()
  facility!: string;

  @TimeField()
  asOf!: string;

  @TextField({ example: "CNY" })
  currency!: string;

  @ListField(() => RootQuoteDto)
  roots!: RootQuoteDto[];

  @MoneyField({ description: "over all roots shown; the limit binds over all of them" })
  totalAvailable!: string;

  @ObjectField(() => DrawingCostDto, { nullable: true, description: "where an amount was given" })
  cost!: DrawingCostDto | null;
}
