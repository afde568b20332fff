import { applyDecorators } from "@nestjs/common";
import { ApiProperty } from "@nestjs/swagger";
import { Transform } from "class-transformer";
import {
  AddressField,
  ChoiceField,
  IdField,
  IntegerField,
  ListField,
  ObjectField,
  TextField,
} from "../http/fields.ts";
import { ProblemDto } from "../http/problem.ts";
import { DeliverByField } from "./order-fields.ts";
import { IssueOrderDto } from "./order.dto.ts";
import { mostOrders } from "./order-source.ts";

/** A number in a query comes as text. */
function QueryInteger(options: Parameters<typeof IntegerField>[0]): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }: { value: unknown }) =>
      typeof value === "string" && /^\d{1,9}$/.test(value) ? Number(value) : value,
    ),
    IntegerField({ ...options, optional: true }),
  );
}

/** What is said once for all orders of a file that do not say it themselves. */
export class BatchQuery {
  @ChoiceField(["true", "false"], { optional: true, description: "all orders or none" })
  atomic?: "true" | "false";

  @AddressField({
    optional: true,
    description: "the seller of orders that name none, or none that is known here",
  })
  seller?: string;

  @AddressField({ optional: true, description: "a UBL document names no arbiter" })
  arbiter?: string;

  @TextField({ optional: true, max: 42 })
  currency?: string;

  @DeliverByField({ optional: true })
  deliverBy?: string;

  @QueryInteger({ max: 365 })
  paymentDays?: number;

  @QueryInteger({ min: 1, max: 65_535, description: "a UBL document names no inspection period" })
  inspectionDays?: number;
}

/** For the documentation: each order is checked for itself. */
export class BatchDto {
  @ListField(() => IssueOrderDto, { min: 1, max: mostOrders })
  orders!: IssueOrderDto[];
}

export class BatchOrderDto {
  @IdField()
  id!: string;

  @TextField()
  number!: string;

  @IntegerField({ max: 2 ** 32 - 1 })
  line!: number;
}

export class BatchResultDto {
  @IntegerField({ description: "place among the orders of the request, from 0" })
  index!: number;

  @IntegerField({ optional: true, description: "line of the file that it begins on, from 1" })
  line?: number;

  @ObjectField(() => BatchOrderDto, { optional: true, description: "the order that was taken" })
  order?: BatchOrderDto;

  @TextField({
    optional: true,
    description: "the command that will issue it, where the caller's patience ended before",
  })
  command?: string;

  @ApiProperty({ required: false, type: () => ProblemDto, description: "why it was refused" })
  problem?: ProblemDto;
}

export class BatchAnswerDto {
  @IntegerField({ description: "orders that are on record now" })
  taken!: number;

  @IntegerField()
  refused!: number;

  @ListField(() => BatchResultDto, {
    description: "one for each order, in the order of the request",
  })
  results!: BatchResultDto[];
}
