import type { PipeTransform } from "@nestjs/common";
import { BadInput } from "../http/bad-input.ts";

/** Deliveries of an order are numbered from 1, in 16 bits. */
export const mostDeliveries = 65_535;

/** `@Param("number", DeliveryNumberParam)` */
export class DeliveryNumberParam implements PipeTransform<string, number> {
  transform(value: string): number {
    const number = /^[1-9]\d{0,4}$/.test(value) ? Number(value) : 0;
    if (number === 0 || number > mostDeliveries) {
      throw BadInput.in("number", `must be an integer from 1 to ${mostDeliveries}`);
    }
    return number;
  }
}
