import { Injectable } from "@nestjs/common";
import { PartyDirectory } from "../auth/party-directory.ts";
import { OriginationService } from "../party/origination.service.ts";
import type { FacilityRow } from "./facility.entity.ts";
import type { Standing } from "./quote.ts";

/** Who could stand in the way of a facility's drawdowns. */
@Injectable()
export class StandingService {
  constructor(
    private readonly origination: OriginationService,
    private readonly directory: PartyDirectory,
  ) {}

  async of({ borrower, lender }: Pick<FacilityRow, "borrower" | "lender">): Promise<Standing> {
    const [{ paused, retired }, borrows, lends] = await Promise.all([
      this.origination.get(),
      this.directory.find(borrower),
      this.directory.find(lender),
    ]);
    return {
      paused,
      retired,
      borrowerSuspended: borrows?.suspended ?? false,
      lenderSuspended: lends?.suspended ?? false,
    };
  }
}
