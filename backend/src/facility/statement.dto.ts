import {
  DateField,
  FlagField,
  IdField,
  IntegerField,
  ListField,
  MoneyField,
  ObjectField,
  TextField,
} from "../http/fields.ts";

export class StatementQuery {
  @DateField({
    optional: true,
    description: "first day; default: the first day of the root's last loan",
  })
  from?: string;

  @DateField({ optional: true, description: "last day; default today" })
  to?: string;
}

/** A day of a loan: each line adds up by itself, and follows from the one before. */
export class StatementLineDto {
  @DateField()
  date!: string;

  @IntegerField({ min: 1, description: "which loan of the root: 1 is the first" })
  loan!: number;

  @IdField()
  facility!: string;

  @MoneyField()
  openingPrincipal!: string;

  @MoneyField()
  drawn!: string;

  @MoneyField({ description: "principal" })
  repaid!: string;

  @MoneyField()
  closingPrincipal!: string;

  @IntegerField({ description: "rate of the night before" })
  rateBps!: number;

  @TextField({
    description:
      "opening principal × rate of the night before, exact: minor units × basis points × days",
  })
  interestNumerator!: string;

  @MoneyField({ description: "by how much the rounded interest has grown since the day before" })
  interest!: string;

  @MoneyField({ description: "interest of the loan so far, rounded half up once" })
  interestAccrued!: string;

  @MoneyField()
  interestPaid!: string;

  @MoneyField({ description: "at the end of the day, as the contracts answer" })
  interestDue!: string;

  @DateField()
  maturityDate!: string;

  @FlagField()
  inDefault!: boolean;
}

export class StatementTotalsDto {
  @MoneyField()
  drawn!: string;

  @MoneyField()
  repaid!: string;

  @MoneyField()
  interest!: string;

  @MoneyField()
  interestPaid!: string;
}

export class StatementDto {
  @IdField()
  root!: string;

  @TextField()
  number!: string;

  @IntegerField()
  line!: number;

  @TextField({ example: "CNY" })
  currency!: string;

  @DateField({ nullable: true })
  from!: string | null;

  @DateField({ nullable: true })
  to!: string | null;

  @ListField(() => StatementLineDto)
  lines!: StatementLineDto[];

  @ObjectField(() => StatementTotalsDto, { description: "of the lines shown" })
  totals!: StatementTotalsDto;
}
