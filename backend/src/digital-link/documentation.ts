import { applyDecorators } from "@nestjs/common";
import {
  ApiBadRequestResponse,
  ApiNotFoundResponse,
  ApiNotModifiedResponse,
  ApiOkResponse,
  type ApiResponseOptions,
} from "@nestjs/swagger";
import { ApiLotQuery } from "./lot-query.ts";

const text = { type: "string" };
const open = { type: "object", additionalProperties: true };
const list = { type: "array", items: open };

const story = {
  type: "object",
  required: [
    "lot",
    "product",
    "receipts",
    "places",
    "parties",
    "flags",
    "recall",
    "events",
    "isWhole",
    "gaps",
    "contracts",
  ],
  properties: {
    lot: {
      type: "object",
      required: ["uri", "name", "path"],
      properties: { uri: text, name: text, path: text },
    },
    product: { type: ["string", "null"] },
    receipts: list,
    places: list,
    parties: list,
    flags: list,
    recall: { type: ["object", "null"], additionalProperties: true },
    events: list,
    isWhole: { type: "boolean" },
    gaps: list,
    contracts: open,
  },
};

const linkset = {
  type: "object",
  required: ["linkset"],
  properties: { linkset: list },
};

/** What a lot's address answers with, by what is asked for. */
const lotContent: ApiResponseOptions = {
  description: "the page, the story with its proofs, or the links",
  content: {
    "text/html": { schema: text },
    "application/json": { schema: story },
    "application/linkset+json": { schema: linkset },
  },
};

const problem = { $ref: "#/components/schemas/ProblemDto" };
const refusal = (description: string): ApiResponseOptions => ({
  description,
  content: { "text/html": { schema: text }, "application/problem+json": { schema: problem } },
});

/** What a lot's address says besides its lot, and answers with. */
export const ApiLot = (): MethodDecorator =>
  applyDecorators(
    ApiOkResponse(lotContent),
    ApiNotModifiedResponse({ description: "it is as it was" }),
    ApiBadRequestResponse(refusal("the address cannot be right, in words")),
    ApiNotFoundResponse(refusal("nobody has told of the lot, in words")),
    ApiLotQuery(),
  );
