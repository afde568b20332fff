import {
  AddressField,
  ChoiceField,
  DateField,
  FlagField,
  IdField,
  IntegerField,
  ListField,
  MoneyField,
  ObjectField,
  TextField,
  TimeField,
} from "../http/fields.ts";
import { PermitDto, SignedConsentDto } from "../consent/consent.dto.ts";
import { PageQuery } from "../http/paging.ts";
import { receivableStatuses, type ReceivableStatus } from "./receivable-status.ts";

export class PaymentBody {
  @MoneyField({ description: "what the debtor pays, in major units" })
  amount!: string;

  @MoneyField({
    description: "the outstanding amount that the debtor acts on; 409 if it has changed",
  })
  outstanding!: string;

  @ObjectField(() => PermitDto, {
    optional: true,
    description: "the payer's, in place of an approval",
  })
  permit?: PermitDto;
}

export class OfferBody {
  @AddressField({ description: "a lender" })
  assignee!: string;

  @MoneyField({ description: "what it pays for it" })
  price!: string;

  @MoneyField({ description: "what the caller takes it to owe" })
  outstanding!: string;

  @TimeField({ description: "the last second on which the offer is good" })
  deadline!: string;
}

export class AssignmentBody extends SignedConsentDto {
  @MoneyField({ description: "as it was offered" })
  price!: string;

  @MoneyField({ description: "as it was offered" })
  outstanding!: string;

  @ObjectField(() => PermitDto, {
    optional: true,
    description: "the lender's, in place of an approval",
  })
  permit?: PermitDto;
}

export class ContestBody {
  @MoneyField({ description: "what is contested, at most what is outstanding" })
  amount!: string;
}

export class RulingBody {
  @MoneyField({
    description: "by how much the debt shrinks, at most what is contested; 0 is possible",
  })
  upheld!: string;
}

export class ReceivableListQuery extends PageQuery {
  @AddressField({ optional: true })
  debtor?: string;

  @AddressField({ optional: true })
  holder?: string;

  @IdField({ optional: true })
  order?: string;

  @ChoiceField(receivableStatuses, { optional: true, name: "ReceivableStatus" })
  status?: ReceivableStatus;

  @DateField({ optional: true, description: "due on this day or later" })
  dueFrom?: string;

  @DateField({ optional: true, description: "due on this day or earlier" })
  dueTo?: string;

  @TimeField({ optional: true, description: "days past due are counted at this time; default now" })
  asOf?: string;
}

export class ReceivablePaymentDto {
  @MoneyField()
  amount!: string;

  @MoneyField({ description: "the waterfall's part for the loan on the root" })
  toLender!: string;

  @MoneyField()
  toHolder!: string;

  @FlagField({ description: "collected by mandate rather than paid by the debtor itself" })
  collected!: boolean;

  @AddressField({ description: "who called; not always a party" })
  by!: string;

  @TimeField()
  at!: string;

  @IntegerField()
  block!: number;

  @IdField()
  transaction!: string;
}

export class ReceivableDto {
  @IdField()
  id!: string;

  @IdField({ description: "the order that it is owed for, and its root until it is assigned" })
  order!: string;

  @TextField({ description: "the buyer's order number" })
  number!: string;

  @IntegerField()
  line!: number;

  @IntegerField({ description: "number of the delivery that it is for" })
  delivery!: number;

  @AddressField()
  holder!: string;

  @TextField()
  holderName!: string;

  @AddressField()
  debtor!: string;

  @TextField()
  debtorName!: string;

  @TextField({ example: "CNY" })
  currency!: string;

  @MoneyField()
  amount!: string;

  @MoneyField({ description: "unpaid, contested included" })
  outstanding!: string;

  @MoneyField({ description: "held by an open contest" })
  contested!: string;

  @MoneyField({ description: "what can be paid or collected" })
  uncontested!: string;

  @DateField()
  acceptedOn!: string;

  @DateField()
  dueDate!: string;

  @FlagField({ description: "accepted by silence: never counts in the borrowing base" })
  deemed!: boolean;

  @FlagField({ description: "a collection or a late part payment left something unpaid" })
  overdue!: boolean;

  @FlagField({ description: "sold outright: it has left its order, and carries no lien" })
  assigned!: boolean;

  @IntegerField({ description: "days since the due day for which something uncontested is unpaid" })
  daysPastDue!: number;

  @ChoiceField(receivableStatuses, { name: "ReceivableStatus" })
  status!: ReceivableStatus;

  @ListField(() => ReceivablePaymentDto)
  payments!: ReceivablePaymentDto[];
}
