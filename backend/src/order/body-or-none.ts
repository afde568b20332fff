import type { PipeTransform } from "@nestjs/common";
import { InputPipe } from "../http/validation.ts";

/**
 * `@Body(BodyOrNone.of(Dto)) body: Partial<Dto>`: a body in which everything is optional may be left out. The type has
 * to be no class: for one the application's own pipe, which wants a body, would come first.
 */
export class BodyOrNone implements PipeTransform {
  static of(type: new () => object): BodyOrNone {
    return new BodyOrNone(type);
  }

  private constructor(private readonly type: new () => object) {}

  transform(value: unknown): Promise<unknown> {
    return new InputPipe().transform(value ?? {}, { type: "body", metatype: this.type });
  }
}
