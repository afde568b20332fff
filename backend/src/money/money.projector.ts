import { zeroAddress } from "../chain/hex.ts";
import type { ProjectorDefinition } from "../projection/handlers.ts";
import type { Ledger } from "../projection/ledger.ts";
import { BalanceRow, CurrencyRow } from "./money.entity.ts";

/** Balances follow from the transfers of each currency, from its first on. */
export const moneyProjector: ProjectorDefinition = {
  rows: [CurrencyRow, BalanceRow],
  handlers: {
    Currencies: {
      CurrencyApproved: async ({ args }, ledger) => {
        const { token, symbol } = args;
        const [number, decimals] = [Number(args.number), Number(args.decimals)];
        await ledger.put(CurrencyRow, { token, number, symbol: symbol.slice(0, 32), decimals });
        await ledger.follow(token);
      },
    },
    DepositCurrency: {
      Transfer: async ({ address, args }, ledger) => {
        await add(ledger, address, args.from, -args.value);
        await add(ledger, address, args.to, args.value);
      },
    },
  },
};

async function add(ledger: Ledger, token: string, account: string, change: bigint): Promise<void> {
  if (account === zeroAddress) return;
  const row = await ledger.find(BalanceRow, { account, token });
  await ledger.put(BalanceRow, { account, token, amount: (row?.amount ?? 0n) + change });
}
