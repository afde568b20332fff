import { AddressField, TextField, TimeField } from "../http/fields.ts";
import { ApiProperty } from "@nestjs/swagger";
import { IsString, Matches, MaxLength } from "class-validator";

export class NonceQuery {
  @AddressField({ optional: true, description: "whose message it will be" })
  account?: string;
}

export class NonceDto {
  @TextField({ description: "for the message's `Nonce`; good once" })
  nonce!: string;

  @TimeField({ description: "until when, by the wall's clock" })
  expiresAt!: string;

  @TextField({ description: "for the message's first line" })
  domain!: string;

  @TextField({ description: "for the message's `URI`" })
  uri!: string;

  @TextField({ description: "for the message's `Chain ID`" })
  chainId!: string;

  @AddressField({
    nullable: true,
    description: "the account that was named, as the message has to write it (EIP-55)",
  })
  account!: string | null;
}

const signaturePattern = /^0x(?:[0-9a-fA-F]{2}){1,4096}$/;

export class WalletSignInDto {
  @ApiProperty({
    maxLength: 4000,
    description: "an EIP-4361 message, to the letter as it was signed",
  })
  @IsString({ message: "must be a string" })
  @MaxLength(4000, { message: "must not be longer than 4000 characters" })
  message!: string;

  @ApiProperty({
    pattern: signaturePattern.source,
    description: "EIP-191, or what a contract takes",
  })
  @Matches(signaturePattern, { message: "must be 0x and up to 4096 bytes in hexadecimal digits" })
  signature!: string;

  @AddressField({
    optional: true,
    description: "for which organisation, where the account belongs to several",
  })
  party?: string;
}
