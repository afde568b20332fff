import { Injectable } from "@nestjs/common";
import { PartyService } from "../party/party.service.ts";
import type { FacilityRow } from "./facility.entity.ts";
import type { Standing } from "./quote.ts";

/** Who could stand in the way of a facility's drawdowns. */
@Injectable()
export class StandingService {
  constructor(private readonly parties: PartyService) {}

  async of({ borrower, lender }: Pick<FacilityRow, "borrower" | "lender">): Promise<Standing> {
    const [paused, borrows, lends] = await Promise.all([
      this.parties.isPaused(),
      this.parties.find(borrower),
      this.parties.find(lender),
    ]);
    return {
      paused,
      borrowerSuspended: borrows?.suspended ?? false,
      lenderSuspended: lends?.suspended ?? false,
    };
  }
}
