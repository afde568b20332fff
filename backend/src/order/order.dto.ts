import { SignedConsentDto } from "../consent/consent.dto.ts";
import { PageQuery } from "../http/paging.ts";
import {
  AddressField,
  ChoiceField,
  DateField,
  IdField,
  IntegerField,
  MoneyField,
  ObjectField,
  QuantityField,
  TextField,
  TimeField,
  UnitPriceField,
} from "../http/fields.ts";
import { DeliverByField, ItemCodeField, NumberField, UnitField } from "./order-fields.ts";
import { orderStatuses, type OrderStatus } from "./order-status.ts";

const mostLines = 2 ** 32 - 1;

/** One line of the buyer's document. The buyer is whoever is signed in. */
export class IssueOrderDto {
  @NumberField({ description: "the buyer's order number, at most 32 bytes", example: "PO-2026-17" })
  number!: string;

  @IntegerField({ max: mostLines, description: "the line of the buyer's document" })
  line!: number;

  @AddressField({ description: "the cooperative that delivers" })
  seller!: string;

  @AddressField({ description: "who rules on contested amounts; neither buyer nor seller" })
  arbiter!: string;

  @TextField({ optional: true, max: 42, description: "the currency's symbol", example: "CNY" })
  currency?: string;

  @ItemCodeField()
  itemCode!: string;

  @UnitField()
  unit!: string;

  @QuantityField()
  quantity!: string;

  @UnitPriceField()
  unitPrice!: string;

  @DeliverByField({
    description:
      "until when undelivered quantity counts: a civil day to its last second, or a time",
  })
  deliverBy!: string;

  @IntegerField({
    max: 365,
    description: "days from acceptance to the due day; 0 pays on acceptance",
  })
  paymentDays!: number;

  @IntegerField({ min: 1, max: 65_535, description: "days that a silent buyer has after arrival" })
  inspectionDays!: number;

  @IdField({
    optional: true,
    description: "root of the Merkle tree of the order's salted fields; zero where there is none",
  })
  termsRoot?: string;
}

export class ConsentToOrderDto extends IssueOrderDto {
  @AddressField({ description: "who is to issue it" })
  buyer!: string;

  @TimeField({ description: "the last second on which the acceptance is good" })
  validUntil!: string;
}

export class IssueAcceptedOrderDto extends IssueOrderDto {
  @ObjectField(() => SignedConsentDto, { description: "the seller's acceptance of these terms" })
  acceptance!: SignedConsentDto;
}

export class AcceptOrderDto {
  @IdField({
    optional: true,
    description:
      "hash of the terms that are accepted; `termsHash` of the order where it is left out",
  })
  termsHash?: string;
}

export class OrderQuery extends PageQuery {
  @AddressField({ optional: true })
  buyer?: string;

  @AddressField({ optional: true })
  seller?: string;

  @AddressField({ optional: true, description: "buyer, seller or arbiter" })
  party?: string;

  @ChoiceField(orderStatuses, { optional: true, name: "OrderStatus" })
  status?: OrderStatus;

  @NumberField({ optional: true })
  number?: string;

  @NumberField({ optional: true, description: "what the number begins with" })
  numberPrefix?: string;

  @DateField({ optional: true, description: "first civil day" })
  issuedFrom?: string;

  @DateField({ optional: true, description: "last civil day" })
  issuedTo?: string;
}

export class OrderDto {
  @IdField()
  id!: string;

  @TextField({ description: "normalised: NFKC, trimmed, upper case" })
  number!: string;

  @IntegerField({ max: mostLines })
  line!: number;

  @AddressField()
  buyer!: string;

  @TextField()
  buyerName!: string;

  @AddressField()
  seller!: string;

  @TextField()
  sellerName!: string;

  @AddressField()
  arbiter!: string;

  @TextField()
  arbiterName!: string;

  @TextField({ example: "CNY" })
  currency!: string;

  @TextField()
  itemCode!: string;

  @TextField()
  unit!: string;

  @QuantityField({ description: "cancelling and lapsing end what is undelivered" })
  quantity!: string;

  @QuantityField({ description: "as agreed" })
  orderedQuantity!: string;

  @UnitPriceField()
  unitPrice!: string;

  @MoneyField({ description: "of `quantity`" })
  value!: string;

  @MoneyField({ description: "of `orderedQuantity`" })
  orderedValue!: string;

  @TimeField({ description: "last second on which undelivered quantity counts" })
  deliverBy!: string;

  @IntegerField()
  paymentDays!: number;

  @IntegerField()
  inspectionDays!: number;

  @IdField()
  termsRoot!: string;

  @IdField({ description: "hash of all terms, which the seller accepts" })
  termsHash!: string;

  @ChoiceField(orderStatuses, { name: "OrderStatus" })
  status!: OrderStatus;

  @QuantityField()
  accepted!: string;

  @QuantityField({ description: "in open deliveries" })
  pending!: string;

  @QuantityField({ description: "in live receipts that are earmarked for it" })
  stored!: string;

  @MoneyField({ description: "unpaid and uncontested, not overdue, not deemed accepted" })
  owed!: string;

  @IntegerField({ description: "receivables that a collection left short" })
  overdueCount!: number;

  @AddressField({
    nullable: true,
    description:
      "who waits for the other side's word to cancel it; void once goods are despatched or money moves on its root",
  })
  cancellationBy!: string | null;

  @TimeField()
  issuedAt!: string;

  @TimeField({ nullable: true })
  acceptedAt!: string | null;

  @TimeField({ nullable: true, description: "when it was cancelled or lapsed" })
  endedAt!: string | null;
}
