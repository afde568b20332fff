import { Body, Controller, Get, Put, Query } from "@nestjs/common";
import { ApiBearerAuth, ApiOkResponse, ApiTags } from "@nestjs/swagger";
import { Roles, Scoped } from "../auth/access.ts";
import { ApiPage, type Page } from "../http/paging.ts";
import { LocationDto, LocationQuery, RegisterLocationDto } from "./location.dto.ts";
import { LocationService } from "./location.service.ts";

/** Whose a place is: only its party captures events about it. */
@ApiTags("locations")
@ApiBearerAuth()
@Scoped("administration")
@Controller("api/v1/locations")
export class LocationController {
  constructor(private readonly locations: LocationService) {}

  @Get()
  @ApiPage(LocationDto)
  list(@Query() query: LocationQuery): Promise<Page<LocationDto>> {
    return this.locations.list(query);
  }

  /** Registers a place, or gives it to another party. For the operator. */
  @Put()
  @Roles("operator")
  @ApiOkResponse({ type: LocationDto })
  register(@Body() body: RegisterLocationDto): Promise<LocationDto> {
    return this.locations.register(body);
  }
}
