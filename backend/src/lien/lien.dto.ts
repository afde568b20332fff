import {
  AddressField,
  FlagField,
  IdField,
  IntegerField,
  TextField,
  TimeField,
} from "../http/fields.ts";
import { NumberField } from "../order/order-fields.ts";

/** By the buyer's document, for whoever holds the paper and not the id. */
export class LienQuery {
  @AddressField()
  buyer!: string;

  @NumberField({ description: "the buyer's order number" })
  number!: string;

  @TextField({
    optional: true,
    pattern: /^\d{1,10}$/,
    says: "must be an integer",
    description: "default 1",
  })
  line?: string;
}

/** Whether a claim is encumbered: public, and nothing of its terms. */
export class LienDto {
  @IdField()
  claim!: string;

  @IdField({
    nullable: true,
    description:
      "that carries the lien; null for a receipt that is not earmarked, a receivable that was assigned, or no claim",
  })
  root!: string | null;

  @FlagField()
  encumbered!: boolean;

  @TimeField({ nullable: true, description: "of the lien that is on it" })
  since!: string | null;

  @AddressField({ nullable: true, description: "the lender" })
  by!: string | null;

  @TextField({ nullable: true })
  byName!: string | null;

  @IdField({ nullable: true })
  facility!: string | null;

  @IntegerField({ description: "the block at which this was so" })
  block!: number;

  @IdField({ description: "hash of that block" })
  blockHash!: string;
}
