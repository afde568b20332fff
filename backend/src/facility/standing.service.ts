import { Injectable } from "@nestjs/common";
import { PartyDirectory } from "../auth/party-directory.ts";
import { PartyService } from "../party/party.service.ts";
import type { FacilityRow } from "./facility.entity.ts";
import type { Standing } from "./quote.ts";

/** Who could stand in the way of a facility's drawdowns. */
@Injectable()
export class StandingService {
  constructor(
    private readonly parties: PartyService,
    private readonly directory: PartyDirectory,
  ) {}

  async of({ borrower, lender }: Pick<FacilityRow, "borrower" | "lender">): Promise<Standing> {
    const [origination, borrows, lends] = await Promise.all([
      this.parties.origination(),
      this.directory.find(borrower),
      this.directory.find(lender),
    ]);
    return {
      ...origination,
      borrowerSuspended: borrows?.suspended ?? false,
      lenderSuspended: lends?.suspended ?? false,
    };
  }
}
