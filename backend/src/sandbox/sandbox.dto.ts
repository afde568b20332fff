import {
  AddressField,
  ChoicesField,
  ListField,
  MoneyField,
  TextField,
  TimeField,
} from "../http/fields.ts";
import { roleNames, type PartyRole } from "../auth/actor.ts";

export class CalendarDto {
  @TimeField({ description: "what time it is; the next block's, while that is set" })
  now!: string;
}

export class MoveCalendarDto {
  @TimeField({ description: "the next block will have exactly this time" })
  to!: string;
}

export class SandboxMoneyDto {
  @AddressField()
  party!: string;

  @MoneyField()
  amount!: string;
}

export class PickablePartyDto {
  @AddressField()
  id!: string;

  @TextField()
  name!: string;

  @ChoicesField(roleNames, { name: "PartyRole" })
  roles!: PartyRole[];
}

export class PickablePartiesDto {
  @ListField(() => PickablePartyDto)
  items!: PickablePartyDto[];
}
