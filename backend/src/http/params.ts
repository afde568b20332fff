import { Injectable, type PipeTransform } from "@nestjs/common";
import { addressOf } from "../chain/hex.ts";
import { ChainClock } from "../chain/clock.ts";
import { BadInput } from "./bad-input.ts";
import { parseTime } from "./time.ts";

/** `@Param("id", AddressParam)`: a party's id or an account, in EIP-55 form. */
export class AddressParam implements PipeTransform<string, string> {
  transform(value: string): string {
    const address = addressOf(value);
    if (address === undefined) throw BadInput.in("id", "must be an address");
    return address;
  }
}

/** `@Param("id", IdParam)`: a claim's id. */
export class IdParam implements PipeTransform<string, string> {
  transform(value: string): string {
    const id = value.toLowerCase();
    if (!/^0x[0-9a-f]{64}$/.test(id)) {
      throw BadInput.in("id", "must be 0x and 64 hexadecimal digits");
    }
    return id;
  }
}

/** `@Param("number", NumberParam)`: of something that is numbered from 1. */
export class NumberParam implements PipeTransform<string, number> {
  transform(value: string): number {
    if (/^[1-9]\d{0,8}$/.test(value)) return Number(value);
    throw BadInput.in("number", "must be an integer from 1");
  }
}

/** `@Query("asOf", AsOfParam)`: seconds; what is left out is now, or the head's time if that is later. */
@Injectable()
export class AsOfParam implements PipeTransform<string | undefined, number> {
  constructor(private readonly clock: ChainClock) {}

  transform(value: string | undefined): number {
    if (value === undefined) return this.clock.now();
    const time = parseTime(value);
    if (time === undefined) throw BadInput.in("asOf", "must be a time with its offset");
    return time;
  }
}
