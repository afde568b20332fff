import { ApiProperty } from "@nestjs/swagger";
import { IsIn, IsOptional } from "class-validator";
import { formatDecimal } from "../http/decimal.ts";
import { PageQuery } from "../http/paging.ts";
import { formatTime } from "../http/time.ts";
import {
  AddressField,
  ChoiceField,
  IdField,
  IntegerField,
  JsonField,
  ListField,
  MoneyField,
  ObjectField,
  TextField,
  TimeField,
} from "../http/fields.ts";
import { actKinds, type ActKind } from "../organisation/worth.ts";
import { commandStates, type Command, type CommandState } from "./command.entity.ts";

export class CommandErrorDto {
  @TextField({ description: "stable name of the refusal" })
  code!: string;

  @JsonField({ description: "the values that it carries" })
  values!: Readonly<Record<string, unknown>>;
}

export class WorthAmountDto {
  @MoneyField()
  amount!: string;

  @TextField({ example: "CNY" })
  currency!: string;
}

export class CommandWorthDto {
  @ChoiceField(actKinds, { name: "ActKind" })
  kind!: ActKind;

  @ListField(() => WorthAmountDto)
  amounts!: WorthAmountDto[];
}

export class CommandDto {
  @TextField()
  id!: string;

  @ChoiceField(commandStates, { name: "CommandState" })
  state!: CommandState;

  @TextField({ example: "PurchaseOrders" })
  contract!: string;

  @TextField({ example: "accept" })
  method!: string;

  @JsonField({ description: "by parameter name; integers as decimal strings" })
  args!: Readonly<Record<string, unknown>>;

  @IdField({ nullable: true })
  transaction!: string | null;

  @IntegerField({ nullable: true })
  block!: number | null;

  @ObjectField(() => CommandErrorDto, { nullable: true })
  error!: CommandErrorDto | null;

  @TimeField()
  createdAt!: string;

  @AddressField({ nullable: true, description: "the person who wanted it" })
  madeBy!: string | null;

  @TextField({ nullable: true, description: "the API key that a machine asked for it with" })
  apiKey!: string | null;

  @ObjectField(() => CommandWorthDto, { nullable: true, description: "what is at stake" })
  worth!: CommandWorthDto | null;

  @AddressField({ nullable: true, description: "the second person" })
  approvedBy!: string | null;

  @TimeField({ nullable: true, description: "until when it can be approved, by the wall's clock" })
  approvalEnds!: string | null;
}

export class CommandQuery extends PageQuery {
  @ApiProperty({ required: false, enum: commandStates, enumName: "CommandState" })
  @IsOptional()
  @IsIn(commandStates, { message: `must be one of ${commandStates.join(", ")}` })
  state?: CommandState;
}

export class RejectionDto {
  @TextField({ optional: true, max: 200, description: "why; kept with the command" })
  reason?: string;
}

export function commandDto(row: Command, utcOffset: number): CommandDto {
  const { id, state, contract, method, args, transaction, block, error, createdAt } = row;
  const { madeBy, apiKey, worth, approvedBy, approvalEnds } = row;
  return {
    id,
    state,
    contract,
    method,
    args: JSON.parse(JSON.stringify(args, decimal)) as CommandDto["args"],
    transaction,
    block,
    error,
    createdAt: formatTime(createdAt, utcOffset),
    madeBy,
    apiKey,
    worth: worth && {
      kind: worth.kind,
      amounts: worth.amounts.map(({ amount, decimals, symbol }) => ({
        amount: formatDecimal(BigInt(amount), decimals),
        currency: symbol,
      })),
    },
    approvedBy,
    approvalEnds: approvalEnds === null ? null : formatTime(approvalEnds, utcOffset),
  };
}

function decimal(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? value.toString() : value;
}
