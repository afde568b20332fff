import { Entity } from "typeorm";
import { AddressText, Amount, Integer, Text } from "../database/columns.ts";

/** An approved ERC-20 currency. */
@Entity("currencies")
export class CurrencyRow {
  @AddressText({ primary: true })
  token!: string;

  /** In `ICurrencies`, from 1. */
  @Integer()
  number!: number;

  @Text(32)
  symbol!: string;

  @Integer()
  decimals!: number;
}

/** What an account has of a currency, minor units. */
@Entity("balances")
export class BalanceRow {
  @AddressText({ primary: true })
  account!: string;

  @AddressText({ primary: true })
  token!: string;

  @Amount()
  amount!: bigint;
}
