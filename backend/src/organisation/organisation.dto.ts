import { ranks, type Rank } from "../auth/actor.ts";
import {
  AddressField,
  ChoiceField,
  ListField,
  MoneyField,
  TextField,
  TimeField,
} from "../http/fields.ts";
import { limitKinds, type LimitKind } from "./approval-limit.entity.ts";
import { givenRanks, type GivenRank } from "./person.entity.ts";

export class NamePersonDto {
  @ChoiceField(givenRanks, { name: "GivenRank" })
  rank!: GivenRank;

  @TextField({ max: 100, description: "what the person is called", example: "Li Wei" })
  name!: string;
}

export class OrganisationPersonDto {
  @AddressField({ description: "with which the person signs in" })
  account!: string;

  @ChoiceField(ranks, { name: "Rank" })
  rank!: Rank;

  @TextField({ nullable: true, description: "null for whoever holds the party's key" })
  name!: string | null;

  @TimeField({ nullable: true })
  since!: string | null;
}

export class OrganisationPeopleDto {
  @ListField(() => OrganisationPersonDto)
  items!: OrganisationPersonDto[];
}

export class LimitDto {
  @ChoiceField(limitKinds, {
    name: "LimitKind",
    description:
      "which acts it is for; `any` for all that have no limit of their own in the currency",
  })
  kind!: LimitKind;

  @TextField({
    optional: true,
    max: 42,
    description:
      "symbol or token; left out together with `amount`, where all acts of this kind wait",
    example: "CNY",
  })
  currency?: string;

  @MoneyField({ optional: true, description: "what is worth more waits for a second person" })
  amount?: string;

  @MoneyField({
    optional: true,
    description:
      "what goes beyond it waits, together with what was done since midnight without a second person",
  })
  perDay?: string;
}

export class LimitsDto {
  @ListField(() => LimitDto, { max: 100 })
  items!: LimitDto[];
}
