import { Body, Controller, HttpCode, Post } from "@nestjs/common";
import { ApiBearerAuth, ApiOkResponse, ApiTags } from "@nestjs/swagger";
import { Scoped } from "../auth/access.ts";
import { Changes, CommandHeaders } from "../command/command-route.ts";
import type { Effect } from "../command/effect.ts";
import { Intention, type Intent } from "../command/intent.ts";
import { AskPermitDto, ConsentDto, RevocationDto, RevokedDto } from "./consent.dto.ts";
import { ConsentService } from "./consent.service.ts";

@ApiTags("consents")
@ApiBearerAuth()
@Scoped("finance")
@Controller("api/v1/consents")
export class ConsentController {
  constructor(private readonly consents: ConsentService) {}

  /** A permit (ERC-2612) of the caller's: it goes with a payment, a repayment or a purchase, instead of an approval before. */
  @Post("permit")
  @HttpCode(200)
  @CommandHeaders()
  @ApiOkResponse({ type: ConsentDto })
  permit(@Intention() intent: Intent, @Body() body: AskPermitDto): Promise<ConsentDto> {
    return this.consents.permit(intent, body);
  }

  /** Takes back what the caller has signed, as long as nobody has handed it in. */
  @Post("revocation")
  @Changes(RevokedDto)
  revoke(@Intention() intent: Intent, @Body() { about, nonce }: RevocationDto): Promise<Effect> {
    return this.consents.revoke(intent, about, nonce);
  }
}
