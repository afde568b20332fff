import { Controller, Get, Query, Req } from "@nestjs/common";
import { ApiBearerAuth, ApiOkResponse, ApiTags } from "@nestjs/swagger";
import type { FastifyRequest } from "fastify";
import { partiesRead } from "../audit/parties-read.ts";
import { Costs } from "../auth/access.ts";
import { parseStored } from "../epcis/stored-event.ts";
import { TraceDto, TraceQuery } from "./trace.dto.ts";
import { TraceService } from "./trace.service.ts";

@ApiTags("trace")
@ApiBearerAuth()
@Controller("api/v1/trace")
export class TraceController {
  constructor(private readonly traces: TraceService) {}

  /** Where goods come from, what has become of them, and whether their quantities hold. */
  @Get()
  @Costs(20)
  @ApiOkResponse({ type: TraceDto })
  async of(
    @Query() { of, direction = "both", most }: TraceQuery,
    @Req() request: FastifyRequest,
  ): Promise<TraceDto> {
    const options = { direction, ...(most !== undefined && { most }) };
    const { events, nodes, edges, balances, flags, start, ...rest } = await this.traces.trace(
      of,
      options,
    );
    partiesRead(request, events);
    const wrong = new Set(edges.flatMap((edge) => (edge.isDeclaredWrong ? [edge.event] : [])));
    return Object.assign(new TraceDto(), {
      ...rest,
      start: [...start],
      events: events.map(({ id, eventId, party, body }) => ({
        ...{ number: id, eventID: eventId, party, isDeclaredWrong: wrong.has(id) },
        event: parseStored(body),
      })),
      nodes: [...nodes],
      edges: [...edges],
      balances: balances.map(({ amounts, ...balance }) => ({ ...balance, amounts: [...amounts] })),
      flags: [...flags],
    });
  }
}
