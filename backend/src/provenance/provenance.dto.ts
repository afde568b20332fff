import {
  AddressField,
  FlagField,
  IdField,
  IntegerField,
  JsonField,
  ListField,
  MoneyField,
  ObjectField,
  QuantityField,
  TextField,
  TimeField,
} from "../http/fields.ts";
import { LoanDto } from "../facility/loan.dto.ts";
import { LienDto } from "../lien/lien.dto.ts";
import { DeliveryDto } from "../order/delivery.dto.ts";
import { OrderDto } from "../order/order.dto.ts";
import { ReceivableDto } from "../receivable/receivable.dto.ts";
import { TraceFlagDto } from "../trace/trace.dto.ts";
import { ReceiptDto } from "../warehouse/receipt.dto.ts";

/** An order with all that has become of it. */
export class WholeClaimDto extends OrderDto {
  @ListField(() => ReceiptDto, { description: "earmarked for it now" })
  receipts!: ReceiptDto[];

  @ListField(() => DeliveryDto)
  deliveries!: DeliveryDto[];

  @ListField(() => ReceivableDto, { description: "as far as the caller is a side of them" })
  receivables!: ReceivableDto[];

  @ObjectField(() => LoanDto, {
    nullable: true,
    description: "on it now, or last; null where there is none that the caller may see",
  })
  loan!: LoanDto | null;

  @ObjectField(() => LienDto)
  lien!: LienDto;
}

export class ActorDto {
  @AddressField()
  id!: string;

  @TextField({ description: "the address, for an account that is no party" })
  name!: string;
}

/** An act, as it is on chain. */
export class ActDto {
  @TextField({ description: "name of its event", example: "DrawnDown" })
  kind!: string;

  @TextField({ example: "Loan drawn" })
  title!: string;

  @TimeField({ description: "the block's" })
  at!: string;

  @ObjectField(() => ActorDto, { nullable: true })
  by!: ActorDto | null;

  @MoneyField({ optional: true })
  amount?: string;

  @TextField({ optional: true, description: "of the amount" })
  currency?: string;

  @QuantityField({ optional: true })
  quantity?: string;

  @TextField({ optional: true, description: "of the quantity" })
  unit?: string;

  @JsonField({ description: "the event's other values: money and quantities as decimal strings" })
  details!: Readonly<Record<string, unknown>>;

  @IntegerField()
  block!: number;

  @IdField()
  transaction!: string;
}

/** What the events of a claim's goods say; `GET /api/v1/trace` has them. */
export class GoodsTraceDto {
  @IntegerField({ description: "from where the goods come from to now; 0 where nobody tells any" })
  events!: number;

  @FlagField({ description: "false where there are more events than were looked at" })
  isWhole!: boolean;

  @ListField(() => TraceFlagDto, { description: "nothing stops a loan for them: a lender decides" })
  flags!: TraceFlagDto[];
}

/** Where a claim has come from and what has become of it. */
export class LineageDto {
  @IdField()
  claim!: string;

  @IdField({
    nullable: true,
    description: "null for a receipt that is not earmarked and a receivable that was assigned",
  })
  root!: string | null;

  @ObjectField(() => OrderDto, { nullable: true })
  order!: OrderDto | null;

  @ListField(() => ReceiptDto, { description: "that its goods are or were in" })
  receipts!: ReceiptDto[];

  @ListField(() => DeliveryDto)
  deliveries!: DeliveryDto[];

  @ListField(() => ReceivableDto)
  receivables!: ReceivableDto[];

  @ObjectField(() => LoanDto, { nullable: true })
  loan!: LoanDto | null;

  @ObjectField(() => LienDto)
  lien!: LienDto;

  @ListField(() => ActDto, { description: "in the order of the chain" })
  events!: ActDto[];

  @ObjectField(() => GoodsTraceDto, { description: "where its goods come from" })
  goods!: GoodsTraceDto;
}
