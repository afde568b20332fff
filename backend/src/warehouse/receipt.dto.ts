import {
  AddressField,
  IdField,
  IntegerField,
  ObjectField,
  QuantityField,
  TextField,
  TimeField,
} from "../http/fields.ts";
import { PageQuery } from "../http/paging.ts";
import { ItemCodeField, LotField, NumberField, UnitField } from "../order/order-fields.ts";

const mostSerials = 2 ** 32 - 1;
const allBps = 10_000;

/** What a weigh ticket says. The warehouse is whoever is signed in. */
export class IssueReceiptDto {
  @NumberField({ description: "the weigh ticket's number, at most 32 bytes", example: "WT-0001" })
  ticket!: string;

  @AddressField({ description: "who stores the goods: the first holder" })
  depositor!: string;

  @ItemCodeField()
  itemCode!: string;

  @UnitField()
  unit!: string;

  @LotField({ example: "2026-09-A" })
  lot!: string;

  @QuantityField()
  quantity!: string;

  @IntegerField({ max: allBps, description: "natural loss that was agreed, of `quantity`" })
  lossAllowanceBps!: number;

  @IdField({
    optional: true,
    description: "root of the Merkle tree of the receipt's salted fields; zero where there is none",
  })
  termsRoot?: string;

  @IdField({
    optional: true,
    description:
      "with `delivery`: these goods came back from that delivery; the receipt is born earmarked",
  })
  order?: string;

  @IntegerField({ optional: true, min: 1, max: 65_535 })
  delivery?: number;
}

export class EarmarkDto {
  @IdField({ description: "an order of the holder's, of the same goods and unit" })
  order!: string;
}

export class SplitDto {
  @QuantityField({ description: "what goes to the new receipt; something must stay" })
  quantity!: string;

  @IntegerField({ max: mostSerials, description: "a number that this receipt has not given yet" })
  serial!: number;
}

export class MergeDto {
  @IdField({ description: "another receipt of the holder's: same warehouse, lot, goods and order" })
  into!: string;
}

export class EndorsementDto {
  @AddressField({ description: "the party that the receipt passes to" })
  to!: string;
}

export class ReceiptQuantityDto {
  @QuantityField()
  quantity!: string;
}

export class ReceiptQuery extends PageQuery {
  @AddressField({ optional: true })
  warehouse?: string;

  @AddressField({ optional: true })
  holder?: string;

  @IdField({ optional: true, description: "the order that it is earmarked for" })
  order?: string;
}

export class ReceiptDto {
  @IdField()
  id!: string;

  @TextField({ description: "the weigh ticket; of what was split off, its parent's" })
  ticket!: string;

  @IdField({ nullable: true, description: "what it was split off from" })
  parent!: string | null;

  @IntegerField({
    nullable: true,
    max: mostSerials,
    description: "its number among what was split off",
  })
  serial!: number | null;

  @AddressField()
  warehouse!: string;

  @TextField()
  warehouseName!: string;

  @AddressField()
  depositor!: string;

  @AddressField({ description: "who controls it now" })
  holder!: string;

  @TextField()
  holderName!: string;

  @TextField()
  itemCode!: string;

  @TextField()
  unit!: string;

  @TextField()
  lot!: string;

  @QuantityField({ description: "in store now" })
  quantity!: string;

  @QuantityField({ description: "weighed in; moves along by splitting and merging" })
  weighed!: string;

  @QuantityField({ description: "recorded as lost so far" })
  lost!: string;

  @QuantityField({
    description: "of what was lost: beyond the allowance, the warehouse's liability",
  })
  liability!: string;

  @IntegerField({ max: allBps })
  lossAllowanceBps!: number;

  @IntegerField({ description: "deliveries from it that the buyer has not answered" })
  openDeliveries!: number;

  @IdField({ nullable: true, description: "the order that it is earmarked for" })
  order!: string | null;

  @IdField({ nullable: true, description: "the order that these goods came back from" })
  returnedOrder!: string | null;

  @IntegerField({ nullable: true, description: "and its delivery" })
  returnedDelivery!: number | null;

  @IdField({ nullable: true, description: "what it was merged into" })
  mergedInto!: string | null;

  @IdField({
    nullable: true,
    description:
      "the facility whose lender let the holder take the earmark off: of the debt and the goods as they were then",
  })
  releaseConsent!: string | null;

  @IdField()
  termsRoot!: string;

  @TimeField()
  issuedAt!: string;
}

export class SplitResultDto {
  @ObjectField(() => ReceiptDto)
  parent!: ReceiptDto;

  @ObjectField(() => ReceiptDto)
  child!: ReceiptDto;
}
