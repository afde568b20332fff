import { AddressField, TextField } from "../http/fields.ts";
import { pointPattern, pointRule } from "./coarse-point.ts";
import { PageQuery } from "../http/paging.ts";

const uriDescription =
  "a GLN as EPC URN or GS1 Digital Link, the beginning that a party's GLNs have in common " +
  "(`https://id.gs1.org/414/` and 4 to 12 digits), or a namespace of its own that ends with `/`, `:` or `#`";

const pointDescription =
  "`28.9,115.8`: latitude and longitude in tenths of a degree, for the map of the page behind the label";

export class LocationDto {
  @TextField({ description: uriDescription })
  uri!: string;

  @AddressField({ description: "whose it is" })
  party!: string;

  @TextField()
  name!: string;

  @TextField({ nullable: true, description: "where it is, in words: a county or a town" })
  region!: string | null;

  @TextField({ nullable: true, description: pointDescription })
  point!: string | null;
}

export class RegisterLocationDto {
  @TextField({ max: 500, description: uriDescription })
  uri!: string;

  @AddressField({ description: "whose it is from now on" })
  party!: string;

  @TextField({ max: 200, description: "shown to anybody who scans a label" })
  name!: string;

  @TextField({ optional: true, max: 120, description: "where it is, in words: a county or a town" })
  region?: string;

  @TextField({
    optional: true,
    max: 12,
    pattern: pointPattern,
    says: pointRule,
    description: pointDescription,
  })
  point?: string;
}

export class LocationQuery extends PageQuery {
  @AddressField({ optional: true })
  party?: string;
}
