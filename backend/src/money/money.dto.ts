import { AddressField, IntegerField, ListField, MoneyField, TextField } from "../http/fields.ts";

export class CurrencyDto {
  @TextField({ example: "CNY" })
  symbol!: string;

  @AddressField()
  token!: string;

  @IntegerField({ description: "decimals of the minor unit" })
  decimals!: number;
}

export class ApproveCurrencyDto {
  @AddressField({ description: "an ERC-20 of at most six decimals" })
  token!: string;
}

export class DepositDto {
  @MoneyField({ description: "in deposit currency" })
  amount!: string;
}

export class AccountBalanceDto {
  @AddressField()
  account!: string;

  @TextField({ example: "CNY" })
  currency!: string;

  @AddressField()
  token!: string;

  @MoneyField()
  amount!: string;
}

export class BalanceDto {
  @AddressField()
  party!: string;

  @ListField(() => AccountBalanceDto, {
    description: "of the account that pays and, where it is another, the one that is paid",
  })
  balances!: AccountBalanceDto[];
}
