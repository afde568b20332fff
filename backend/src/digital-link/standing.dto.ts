import { ApiProperty } from "@nestjs/swagger";
import { FlagField, IdField, IntegerField, TextField } from "../http/fields.ts";
import { LienDto } from "../lien/lien.dto.ts";
import { ReceiptDto } from "../warehouse/receipt.dto.ts";

/** A question to any node of the chain, and what its answer says. */
export class ChainCheckDto {
  @TextField({ description: "what it asks for: `receipt` or `lien`" })
  about!: string;

  @TextField({ description: "of the contract, to read the answer by" })
  signature!: string;

  @ApiProperty({
    description: "a request by JSON-RPC 2.0",
    type: "object",
    additionalProperties: true,
  })
  request!: object;
}

export class StandingFlagDto {
  @TextField()
  code!: string;

  @TextField({ description: "URI of the lot, or what else it is about" })
  about!: string;

  @ApiProperty({ type: "object", additionalProperties: { type: "string" } })
  details!: Readonly<Record<string, string>>;
}

/** A receipt for whoever lends on it: whose it is, whether it is pledged, and how to see for oneself. */
export class StandingDto {
  @ApiProperty({ type: () => ReceiptDto })
  receipt!: ReceiptDto;

  @ApiProperty({ type: () => LienDto })
  lien!: LienDto;

  @TextField({ nullable: true, description: "path of the page behind the lot's label" })
  page!: string | null;

  @ApiProperty({
    type: () => StandingFlagDto,
    isArray: true,
    description: "what does not add up about the lot",
  })
  flags!: StandingFlagDto[];

  @IntegerField()
  chainId!: number;

  @IdField({ description: "hash of the block at which this was so" })
  blockHash!: string;

  @FlagField({ description: "whether every event of the lot is on the chain" })
  anchored!: boolean;

  @ApiProperty({ type: () => ChainCheckDto, isArray: true })
  checks!: ChainCheckDto[];
}
