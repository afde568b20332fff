import { ApiProperty } from "@nestjs/swagger";
import { IsIn, IsOptional } from "class-validator";
import { roleNames, type PartyRole } from "../auth/actor.ts";
import {
  AddressField,
  ChoicesField,
  FlagField,
  IntegerField,
  TextField,
  TimeField,
} from "../http/fields.ts";
import { PageQuery } from "../http/paging.ts";

export class PartyDto {
  @AddressField({ description: "stable: the address that it was admitted with" })
  id!: string;

  @IntegerField({ min: 1, max: 2 ** 32 - 1, description: "its place in the register" })
  number!: number;

  @TextField()
  name!: string;

  @ChoicesField(roleNames, { name: "PartyRole" })
  roles!: PartyRole[];

  @FlagField({ description: "whether it may originate nothing new" })
  suspended!: boolean;

  @AddressField({ description: "the account that signs for it" })
  key!: string;

  @AddressField({ nullable: true, description: "a key that is proposed in its place" })
  proposedKey!: string | null;

  @TimeField({ nullable: true, description: "until then it may veto the proposed key" })
  proposedFrom!: string | null;

  @AddressField({ description: "where it is paid" })
  payoutAccount!: string;

  @TimeField()
  admittedAt!: string;
}

export class AdmitPartyDto {
  @TextField({ max: 100 })
  name!: string;

  @ChoicesField(roleNames, { name: "PartyRole" })
  roles!: PartyRole[];

  @AddressField({
    optional: true,
    description:
      "its key's address, which becomes its id; in the sandbox, left out, a key is made for it",
  })
  key?: string;
}

export class KeyProposalDto {
  @AddressField({
    optional: true,
    description:
      "its account, where a wallet or a remote signer has it; left out, the backend makes a key and keeps it",
  })
  key?: string;
}

export class SuspensionDto {
  @FlagField()
  suspended!: boolean;
}

export class RolesDto {
  @ChoicesField(roleNames, { name: "PartyRole", description: "in place of those that it has" })
  roles!: PartyRole[];
}

export class OriginationDto {
  @FlagField({ description: "nothing new is originated until the pause is lifted" })
  paused!: boolean;

  @FlagField({ description: "nothing new is originated any more" })
  retired!: boolean;
}

export class RetirementDto {
  @AddressField({ description: "the address of its `Parties`: nothing takes this back" })
  deployment!: string;
}

export class PauseDto {
  @FlagField()
  paused!: boolean;
}

export class PayoutAccountDto {
  @AddressField()
  account!: string;
}

export class PartyQuery extends PageQuery {
  @ApiProperty({ required: false, enum: roleNames, enumName: "PartyRole" })
  @IsOptional()
  @IsIn(roleNames, { message: `must be one of ${roleNames.join(", ")}` })
  role?: PartyRole;
}
