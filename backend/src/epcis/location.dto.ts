import { AddressField, TextField } from "../http/fields.ts";
import { PageQuery } from "../http/paging.ts";

const uriDescription =
  "a GLN as EPC URN or GS1 Digital Link, the beginning that a party's GLNs have in common " +
  "(`https://id.gs1.org/414/` and 4 to 12 digits), or a namespace of its own that ends with `/`, `:` or `#`";

export class LocationDto {
  @TextField({ description: uriDescription })
  uri!: string;

  @AddressField({ description: "whose it is" })
  party!: string;

  @TextField()
  name!: string;
}

export class RegisterLocationDto {
  @TextField({ max: 500, description: uriDescription })
  uri!: string;

  @AddressField({ description: "whose it is from now on" })
  party!: string;

  @TextField({ max: 200 })
  name!: string;
}

export class LocationQuery extends PageQuery {
  @AddressField({ optional: true })
  party?: string;
}
