import {
  AddressField,
  ChoiceField,
  FlagField,
  IdField,
  IntegerField,
  QuantityField,
  TimeField,
} from "../http/fields.ts";
import { SignedConsentDto } from "../consent/consent.dto.ts";
import { deliveryStatuses, type DeliveryStatus } from "./delivery.entity.ts";
import { mostDeliveries } from "./delivery-number.ts";

export class DespatchDto {
  @IntegerField({
    min: 1,
    max: mostDeliveries,
    description: "of this delivery within the order: one more than the last one's",
  })
  number!: number;

  @IdField({
    optional: true,
    description: "the receipt that the goods leave; none straight from the field",
  })
  receipt?: string;

  @QuantityField()
  quantity!: string;

  @TimeField({ description: "the stated arrival, not in the past" })
  arrivesBy!: string;
}

export class ReleaseDto {
  @IntegerField({
    min: 1,
    max: mostDeliveries,
    description: "of the delivery that it is for: one more than the last one's",
  })
  number!: number;

  @IdField({ description: "the receipt that the goods leave" })
  receipt!: string;

  @QuantityField()
  quantity!: string;

  @TimeField({ description: "the last second on which it is good" })
  deadline!: string;
}

export class FetchDto extends SignedConsentDto {
  @IntegerField({ min: 1, max: mostDeliveries, description: "as it was signed" })
  number!: number;

  @IdField({ description: "as it was signed" })
  receipt!: string;

  @QuantityField({ description: "as it was signed: all of it is accepted" })
  quantity!: string;
}

export class AcceptDeliveryDto {
  @QuantityField({ description: "what is taken of it, 0 to all" })
  quantity!: string;
}

export class DeliveryDto {
  @IdField()
  order!: string;

  @IntegerField({ min: 1, max: mostDeliveries })
  number!: number;

  @IdField({ nullable: true, description: "null straight from the field" })
  receipt!: string | null;

  @QuantityField()
  quantity!: string;

  @TimeField({ description: "the stated arrival" })
  arrivesBy!: string;

  @ChoiceField(deliveryStatuses, { name: "DeliveryStatus" })
  status!: DeliveryStatus;

  @QuantityField()
  accepted!: string;

  @QuantityField()
  rejected!: string;

  @QuantityField({ description: "of what was rejected: weighed in again" })
  returned!: string;

  @FlagField({ description: "accepted by silence" })
  deemed!: boolean;

  @AddressField()
  despatchedBy!: string;

  @TimeField()
  despatchedAt!: string;

  @TimeField({ nullable: true, description: "when it was accepted or recalled" })
  answeredAt!: string | null;

  @IdField({ nullable: true, description: "the debt that accepting it made" })
  receivable!: string | null;
}
