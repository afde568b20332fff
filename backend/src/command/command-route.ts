import { applyDecorators, HttpCode, type Type } from "@nestjs/common";
import { ApiAcceptedResponse, ApiCreatedResponse, ApiHeader, ApiOkResponse } from "@nestjs/swagger";
import { CommandDto } from "./command.dto.ts";

/** Documents the headers of a route that changes state. */
export function CommandHeaders(): MethodDecorator {
  return applyDecorators(
    ApiHeader({
      name: "Idempotency-Key",
      required: false,
      description: "the same key with the same body has one effect and one answer",
    }),
    ApiHeader({
      name: "Prefer",
      required: false,
      description: "`wait=N` seconds for the effect (5, at most 60), or `respond-async`",
    }),
  );
}

/** A command that changes what there is: 200 with what has become of it, or 202 where nobody waits for that. */
export function Changes(type: Type): MethodDecorator {
  return applyDecorators(
    HttpCode(200),
    CommandHeaders(),
    ApiOkResponse({ type }),
    ApiAcceptedResponse({ type: CommandDto }),
  );
}

/**
 * A command that makes something: 201 with it, or 202 where nobody waits for that.
 * @param like how what is asked for again is known, and answered with 200: "with the same ticket"
 */
export function Creates(type: Type, like?: string): MethodDecorator {
  return applyDecorators(
    CommandHeaders(),
    ApiCreatedResponse({ type }),
    ...(like === undefined
      ? []
      : [ApiOkResponse({ type, description: `on record already, ${like}` })]),
    ApiAcceptedResponse({ type: CommandDto }),
  );
}
