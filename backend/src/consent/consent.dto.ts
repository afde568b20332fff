import {
  AddressField,
  BytesField,
  ChoiceField,
  IdField,
  JsonField,
  MoneyField,
  ObjectField,
  TextField,
  TimeField,
} from "../http/fields.ts";

export class ConsentWordsDto {
  @TextField({ max: 1000 })
  en!: string;

  @TextField({ max: 1000 })
  zh!: string;
}

/** What a party signs and hands to somebody, who takes it to the chain. */
export class ConsentDto {
  @ObjectField(() => ConsentWordsDto, { description: "what it binds the signer to" })
  says!: ConsentWordsDto;

  @AddressField({ description: "whose signature it takes" })
  account!: string;

  @TextField({ description: "good once; a decimal integer" })
  nonce!: string;

  @TimeField({ description: "the last second on which it is good" })
  deadline!: string;

  @JsonField({ description: "EIP-712, for `eth_signTypedData_v4`" })
  typedData!: Readonly<Record<string, unknown>>;

  @IdField({ description: "what is signed" })
  digest!: string;

  @BytesField({
    nullable: true,
    description: "by the key that is kept here; null where the party's wallet has to sign",
  })
  signature!: string | null;
}

/** What somebody else has signed. */
export class SignedConsentDto {
  @TextField({ max: 78, pattern: /^\d{1,78}$/, says: "must be a decimal integer", example: "1" })
  nonce!: string;

  @TimeField({ description: "as it was signed" })
  deadline!: string;

  @BytesField()
  signature!: string;
}

const consentTakers = ["orders", "deliveries", "receivables"] as const;
export type ConsentTaker = (typeof consentTakers)[number];

export class RevocationDto {
  @ChoiceField(consentTakers, {
    name: "ConsentTaker",
    description: "acceptances of orders, releases for deliveries, offers of receivables",
  })
  about!: ConsentTaker;

  @TextField({ max: 78, pattern: /^\d{1,78}$/, says: "must be a decimal integer", example: "1" })
  nonce!: string;
}

export class RevokedDto {
  @TextField()
  nonce!: string;
}

const mandateTakers = ["receivables", "facilities"] as const;
type MandateTaker = (typeof mandateTakers)[number];

export class AskPermitDto {
  @ChoiceField(mandateTakers, {
    name: "MandateTaker",
    description: "who may take the money: for paying and buying receivables, or for loans",
  })
  about!: MandateTaker;

  @TextField({ max: 42, description: "symbol or token", example: "CNY" })
  currency!: string;

  @MoneyField({ description: "at most; it takes the place of what was permitted before" })
  amount!: string;

  @TimeField()
  deadline!: string;
}

/** A permit that goes with an act, in one transaction. */
export class PermitDto {
  @MoneyField()
  amount!: string;

  @TimeField({ description: "as it was signed" })
  deadline!: string;

  @BytesField()
  signature!: string;
}
