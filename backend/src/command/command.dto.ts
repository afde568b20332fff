import { formatTime } from "../http/time.ts";
import {
  ChoiceField,
  IdField,
  IntegerField,
  JsonField,
  ObjectField,
  TextField,
  TimeField,
} from "../http/fields.ts";
import { commandStates, type Command, type CommandState } from "./command.entity.ts";

export class CommandErrorDto {
  @TextField({ description: "stable name of the refusal" })
  code!: string;

  @JsonField({ description: "the values that it carries" })
  values!: Readonly<Record<string, unknown>>;
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
}

export function commandDto(row: Command, utcOffset: number): CommandDto {
  const { id, state, contract, method, args, transaction, block, error, createdAt } = row;
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
  };
}

function decimal(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? value.toString() : value;
}
