import { Body, Controller, HttpCode, Post } from "@nestjs/common";
import { ApiOkResponse, ApiProperty, ApiTags } from "@nestjs/swagger";
import { IsArray, IsIn, IsOptional } from "class-validator";
import { Public } from "../auth/access.ts";
import { TextField } from "../http/fields.ts";
import { ChainRelay } from "./chain-relay.ts";

/** A question by JSON-RPC 2.0, as browsers put it to a node. */
export class ChainQuestionDto {
  @ApiProperty({ enum: ["2.0"] })
  @IsIn(["2.0"], { message: "must be 2.0" })
  jsonrpc!: string;

  @ApiProperty({ type: "integer" })
  @IsIn(Array.from({ length: 1000 }, (_, id) => id), { message: "must be an integer below 1000" })
  id!: number;

  @TextField({ max: 40, description: "`eth_chainId` or `eth_call`" })
  method!: string;

  @ApiProperty({
    type: "array",
    items: {},
    required: false,
    description: "of `eth_call`: the call of `Provenance.anchorOf`, and `latest`",
  })
  @IsOptional()
  @IsArray({ message: "must be a list" })
  params?: unknown[];
}

export class ChainAnswerDto {
  @ApiProperty({ enum: ["2.0"] })
  jsonrpc!: string;

  @ApiProperty({ type: "integer" })
  id!: number;

  @ApiProperty({ description: "0x and hexadecimal digits" })
  result!: string;
}

/** For browsers that check a lot and know no node of their own. */
@ApiTags("lots")
@Public()
@Controller("api/v1/chain")
export class ChainRelayController {
  constructor(private readonly relay: ChainRelay) {}

  /** Passes on `eth_chainId`, and `eth_call` of `Provenance.anchorOf(bytes32)`; refuses anything else. */
  @Post()
  @HttpCode(200)
  @ApiOkResponse({ type: ChainAnswerDto })
  async ask(@Body() { id, method, params = [] }: ChainQuestionDto): Promise<ChainAnswerDto> {
    return { jsonrpc: "2.0", id, result: await this.relay.ask(method, params) };
  }
}
