import { FlagField, IntegerField, ObjectField, TextField } from "../http/fields.ts";

export class LiveDto {
  @FlagField()
  live!: boolean;
}

export class PartDto {
  @FlagField()
  ok!: boolean;

  @TextField({ nullable: true })
  problem!: string | null;
}

export class PartsDto {
  @ObjectField(() => PartDto)
  database!: PartDto;

  @ObjectField(() => PartDto, { description: "the node" })
  chain!: PartDto;

  @ObjectField(() => PartDto, { description: "what makes the record from the chain" })
  projector!: PartDto;

  @ObjectField(() => PartDto, {
    description: "what brings commands to the chain; they wait where it is not well",
  })
  sender!: PartDto;

  @ObjectField(() => PartDto, {
    description: "what puts supply-chain events on chain; they are pending where it is not well",
  })
  anchors!: PartDto;
}

export class ReadyDto {
  @FlagField({ description: "whether answers are fresh" })
  ready!: boolean;

  @IntegerField({ description: "last block on record" })
  block!: number;

  @IntegerField({ description: "the chain's head when last seen" })
  head!: number;

  @IntegerField({ description: "blocks between the two" })
  lag!: number;

  @TextField({ nullable: true, description: "what keeps it from being ready" })
  problem!: string | null;

  @ObjectField(() => PartsDto)
  parts!: PartsDto;
}
