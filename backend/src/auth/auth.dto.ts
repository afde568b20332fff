import {
  AddressField,
  ChoiceField,
  ChoicesField,
  ObjectField,
  TextField,
  TimeField,
} from "../http/fields.ts";
import {
  officeNames,
  ranks,
  roleNames,
  scopes,
  type Rank,
  type Role,
  type Scope,
} from "./actor.ts";

export class SandboxSignInDto {
  @TextField({ max: 42, description: "a party's id, or `operator`, `supervisor`, `guardian`" })
  party!: string;

  @AddressField({
    optional: true,
    description: "the account of one of its people; its owner, where it is left out",
  })
  person?: string;
}

export class RefreshDto {
  @TextField({ max: 100 })
  refreshToken!: string;
}

export class SessionDto {
  @TextField({ max: 1000, description: "for `Authorization: Bearer …`" })
  accessToken!: string;

  @TimeField({ description: "by the wall's clock" })
  expiresAt!: string;

  @TextField({ description: "good once" })
  refreshToken!: string;
}

export class MyApiKeyDto {
  @TextField()
  id!: string;

  @ChoicesField(scopes, { name: "Scope" })
  scopes!: readonly Scope[];
}

export class PersonDto {
  @AddressField({ description: "with which the person signs in" })
  account!: string;

  @ChoiceField(ranks, { name: "Rank" })
  rank!: Rank;

  @ObjectField(() => MyApiKeyDto, { optional: true, description: "of the machine that is calling" })
  apiKey?: MyApiKeyDto;
}

export class MeDto {
  @AddressField()
  id!: string;

  @AddressField({ description: "the account that signs" })
  key!: string;

  @ChoicesField([...roleNames, ...officeNames], { name: "Role" })
  roles!: readonly Role[];

  @ObjectField(() => PersonDto, { description: "who is calling in its name" })
  person!: PersonDto;
}
