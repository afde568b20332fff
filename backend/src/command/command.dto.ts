import { ApiProperty } from "@nestjs/swagger";
import { IsIn, IsOptional } from "class-validator";
import { formatDecimal } from "../http/decimal.ts";
import { PageQuery } from "../http/paging.ts";
import { formatTime } from "../http/time.ts";
import {
  AddressField,
  BytesField,
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

/** A transaction for the party's own wallet to sign; integers as decimal strings. */
export class PreparedTransactionDto {
  @IntegerField({ max: 2, description: "0, or 2 (EIP-1559)" })
  type!: 0 | 2;

  @IntegerField({ max: Number.MAX_SAFE_INTEGER })
  chainId!: number;

  @IntegerField()
  nonce!: number;

  @AddressField()
  to!: string;

  @BytesField()
  data!: string;

  @TextField({ example: "0" })
  value!: string;

  @TextField({ example: "250000" })
  gasLimit!: string;

  @TextField({ nullable: true, description: "of type 0" })
  gasPrice!: string | null;

  @TextField({ nullable: true, description: "of type 2" })
  maxFeePerGas!: string | null;

  @TextField({ nullable: true, description: "of type 2" })
  maxPriorityFeePerGas!: string | null;

  @BytesField({ description: "serialized without a signature; its keccak256 is what is signed" })
  unsigned!: string;

  @TimeField({ description: "not signed by then, the command fails with `NotSigned`" })
  expiresAt!: string;
}

export class SignedTransactionDto {
  @BytesField({ description: "the prepared transaction, signed and serialized" })
  raw!: string;
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

  @ObjectField(() => PreparedTransactionDto, {
    nullable: true,
    description: "waits for the signature of a key that the backend does not keep",
  })
  prepared!: PreparedTransactionDto | null;

  @IdField({ nullable: true })
  transaction!: string | null;

  @IntegerField({ nullable: true })
  block!: number | null;

  @ObjectField(() => CommandErrorDto, { nullable: true })
  error!: CommandErrorDto | null;

  @TimeField({
    nullable: true,
    description: "chain time from which it is sent by itself, where its office has a delay",
  })
  notBefore!: string | null;

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
  const { id, state, contract, method, args, prepared, transaction, block, error, createdAt } = row;
  const { madeBy, apiKey, worth, approvedBy, approvalEnds, notBefore } = row;
  return {
    id,
    state,
    contract,
    method,
    args: JSON.parse(JSON.stringify(args, decimal)) as CommandDto["args"],
    prepared: prepared && { ...prepared, expiresAt: formatTime(prepared.expiresAt, utcOffset) },
    transaction,
    block,
    error,
    notBefore: notBefore === null ? null : formatTime(notBefore, utcOffset),
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
