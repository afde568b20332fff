import { Body, Controller, Get, Param, Put } from "@nestjs/common";
import { ApiBearerAuth, ApiOkResponse, ApiTags } from "@nestjs/swagger";
import { Roles, Scoped } from "../auth/access.ts";
import { By, type Actor } from "../auth/actor.ts";
import { Changes } from "../command/command-route.ts";
import type { Effect } from "../command/effect.ts";
import { Intention, type Intent } from "../command/intent.ts";
import { AddressParam } from "../http/params.ts";
import { CapacityDto, SetCapacityDto } from "./capacity.dto.ts";
import { CapacityService } from "./capacity.service.ts";

@ApiTags("receipts")
@ApiBearerAuth()
@Scoped("administration")
@Controller("api/v1/parties/:id/capacity")
export class CapacityController {
  constructor(private readonly capacities: CapacityService) {}

  /** How much a warehouse may hold, and holds. For the warehouse itself and the operator. */
  @Get()
  @ApiOkResponse({ type: CapacityDto })
  get(@By() by: Actor, @Param("id", AddressParam) id: string): Promise<CapacityDto> {
    return this.capacities.get(by, id);
  }

  /** Admits a warehouse for a capacity. For the operator. */
  @Put()
  @Roles("operator")
  @Changes(CapacityDto)
  set(
    @Intention() intent: Intent,
    @Param("id", AddressParam) id: string,
    @Body() { capacity }: SetCapacityDto,
  ): Promise<Effect> {
    return this.capacities.set(intent, id, capacity);
  }
}
