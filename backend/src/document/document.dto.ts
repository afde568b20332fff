import {
  AddressField,
  ChoiceField,
  IdField,
  IdsField,
  IntegerField,
  ListField,
  NamedTextsField,
  TextField,
  TextsField,
  TimeField,
} from "../http/fields.ts";
import { PageQuery } from "../http/paging.ts";
import { documentKinds, longestName, longestValue, mostFields } from "../proof/document.ts";
import { audiences } from "./document.entity.ts";

export class NewDocumentDto {
  @ChoiceField(documentKinds, { name: "DocumentKind" })
  kind!: (typeof documentKinds)[number];

  @NamedTextsField({
    max: mostFields,
    longest: longestValue,
    description:
      "values by name; a number comes as text, so that none of its digits is lost. Each is committed by itself",
    example: { laboratory: "Jiangnan Grain Laboratory", moisture: "13.8", moistureUnit: "P1" },
  })
  fields!: Readonly<Record<string, string>>;
}

export class DocumentDto {
  @IdField({ description: "what an order, a receipt or an event carries to the chain" })
  root!: string;

  @ChoiceField(documentKinds, { name: "DocumentKind" })
  kind!: string;

  @TextsField({ max: mostFields, longest: longestName, description: "the fields' names" })
  fields!: readonly string[];

  @TimeField()
  createdAt!: string;
}

class FieldDto {
  @TextField({ max: longestName })
  name!: string;

  @TextField({ max: longestValue })
  value!: string;
}

/** Told to its party alone. */
export class WholeDocumentDto {
  @IdField()
  root!: string;

  @ChoiceField(documentKinds, { name: "DocumentKind" })
  kind!: string;

  @ListField(() => FieldDto)
  fields!: readonly FieldDto[];

  @TimeField()
  createdAt!: string;
}

export class NewDisclosureDto {
  @TextsField({ min: 1, max: mostFields, longest: longestName, description: "names of fields" })
  fields!: readonly string[];

  @ChoiceField(audiences, {
    name: "DisclosureAudience",
    description:
      "`public`: on the page of the goods and in every bundle about them; `bundle`: in the bundles that the document's party downloads",
  })
  audience!: (typeof audiences)[number];
}

class DisclosedFieldDto extends FieldDto {
  @IdField({ description: "without it nobody could tell the value from another" })
  salt!: string;

  @IdsField({ description: "from the field's leaf up to the root" })
  proof!: readonly string[];
}

/** Fields, each with what proves that it is in the document of this root. */
export class DisclosureDto {
  @IdField()
  root!: string;

  @IntegerField({ min: 1 })
  number!: number;

  @ChoiceField(documentKinds, { name: "DocumentKind" })
  kind!: string;

  @AddressField({ description: "whose document it is" })
  party!: string;

  @ChoiceField(audiences, { name: "DisclosureAudience" })
  audience!: string;

  @ListField(() => DisclosedFieldDto)
  fields!: readonly DisclosedFieldDto[];

  @TimeField()
  disclosedAt!: string;

  @TimeField({
    nullable: true,
    description: "since when it is served no more; who has it, has it",
  })
  withdrawnAt!: string | null;
}

export class DocumentQuery extends PageQuery {
  @ChoiceField(documentKinds, { optional: true, name: "DocumentKind" })
  kind?: string;
}
