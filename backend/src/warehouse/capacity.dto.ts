import { AddressField, QuantityField } from "../http/fields.ts";

export class CapacityDto {
  @AddressField()
  warehouse!: string;

  @QuantityField({ description: "what it has been admitted for, in units of whatever it stores" })
  capacity!: string;

  @QuantityField({ description: "on live receipts and on despatches that may still be recalled" })
  used!: string;
}

export class SetCapacityDto {
  @QuantityField()
  capacity!: string;
}
