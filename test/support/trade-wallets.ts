import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Wallet } from "ethers";
import { ProjectionEngine } from "../../backend/src/projection/projection.engine.ts";
import { connectContracts, type Contracts } from "../../scripts/deploy/contracts.ts";
import type { Trade } from "./trade.ts";

/** A signer with the contracts as it calls them. */
export interface WalletOf extends Contracts {
  readonly wallet: Wallet;
}

/** A party with its key in its own hands: for acts that the API does not have. */
export async function walletOf(trade: Trade, party: { readonly id: string }): Promise<WalletOf> {
  const { dataDir, keystorePassphrase } = trade.started.config;
  const file = join(dataDir, "keystore", `${party.id}.json`);
  const { privateKey } = await Wallet.fromEncryptedJson(
    await readFile(file, "utf8"),
    keystorePassphrase,
  );
  return signingWith(trade, privateKey);
}

/** The account that holds every office. */
export function administration(trade: Trade): WalletOf {
  return signingWith(trade, trade.chain.administrationKey);
}

/** Nobody has ether here, and gas is free. */
export const free = { gasPrice: 0n } as const;

/** Sends what a wallet calls, and waits until the read model has it. */
export async function sent(
  trade: Trade,
  call: Promise<{ wait(): Promise<{ readonly blockNumber: number } | null> }>,
): Promise<void> {
  const receipt = await (await call).wait();
  await trade.started.backend.app.get(ProjectionEngine).reached(receipt?.blockNumber ?? 0);
}

function signingWith(trade: Trade, privateKey: string): WalletOf {
  const wallet = new Wallet(privateKey, trade.chain.provider);
  return { wallet, ...connectContracts(trade.chain.deployment, wallet) };
}
