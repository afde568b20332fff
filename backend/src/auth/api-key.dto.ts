import {
  AddressField,
  ChoicesField,
  IntegerField,
  ListField,
  TextField,
  TimeField,
} from "../http/fields.ts";
import { scopes, type Scope } from "./actor.ts";

export class MakeApiKeyDto {
  @TextField({ max: 100, description: "what the machine is called", example: "ERP, orders" })
  name!: string;

  @ChoicesField(scopes, { name: "Scope", description: "what it may do; every key may read" })
  scopes!: Scope[];

  @TimeField({ optional: true, description: "when it ends; never, where it is left out" })
  expiresAt?: string;
}

/** Seconds: a week. */
const longestOverlap = 7 * 24 * 3600;

export class RotateApiKeyDto {
  @IntegerField({
    optional: true,
    max: longestOverlap,
    description: "seconds that the old secret stays good; a day, where it is left out",
  })
  overlap?: number;
}

export class ApiKeyDto {
  @TextField()
  id!: string;

  @TextField()
  name!: string;

  @ChoicesField(scopes, { name: "Scope" })
  scopes!: readonly Scope[];

  @TextField({ description: "how its secret begins", example: "sheaf_Xk2mQp" })
  prefix!: string;

  @AddressField({ description: "the person whom it acts for, and who made it" })
  person!: string;

  @TimeField()
  createdAt!: string;

  @TimeField({ nullable: true })
  expiresAt!: string | null;

  @TimeField({ nullable: true, description: "to the minute" })
  lastUsedAt!: string | null;

  @TimeField({ nullable: true, description: "until when the secret before is still good" })
  previousUntil!: string | null;
}

export class NewApiKeyDto extends ApiKeyDto {
  @TextField({ description: "for `Authorization: Bearer …`; told once, and kept as a hash" })
  secret!: string;
}

export class ApiKeysDto {
  @ListField(() => ApiKeyDto)
  items!: ApiKeyDto[];
}
