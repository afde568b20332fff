import { AddressField, ChoicesField, TextField, TimeField } from "../http/fields.ts";
import { roleNames, type Role } from "./actor.ts";

export class SandboxSignInDto {
  @TextField({ max: 42, description: "a party's id, or `operator`" })
  party!: string;
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

export class MeDto {
  @AddressField()
  id!: string;

  @AddressField({ description: "the account that signs" })
  key!: string;

  @ChoicesField([...roleNames, "operator"], { name: "Role" })
  roles!: readonly Role[];
}
