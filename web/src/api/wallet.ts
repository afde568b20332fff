import { answerOf, api, enterWith } from "./client.ts";
import { Problem } from "./problem.ts";

/** What a wallet puts into the page (EIP-1193). */
interface Wallet {
  request(call: {
    readonly method: string;
    readonly params?: readonly unknown[];
  }): Promise<unknown>;
}

declare global {
  interface Window {
    readonly ethereum?: Wallet;
  }
}

/** A message of EIP-4361 with its signature: good for one session, within ten minutes. */
export interface SignedMessage {
  readonly message: string;
  readonly signature: string;
}

/** The wallet did not do it: its owner would not, or it could not. */
export const walletRefused = "WalletRefused";

export function hasWallet(): boolean {
  return window.ethereum !== undefined;
}

/**
 * Has the wallet's first account sign that it wants to come in.
 * @throws Problem `WalletRefused`, or as the API says
 */
export async function signMessage(): Promise<SignedMessage> {
  const [account] = (await ask("eth_requestAccounts")) as readonly string[];
  if (account === undefined) throw new Problem(walletRefused, undefined, 0, walletRefused);
  const said = await answerOf(api.POST("/api/v1/auth/nonce", { params: { query: { account } } }));
  const message = [
    `${said.domain} wants you to sign in with your Ethereum account:`,
    said.account ?? account,
    "",
    "Sign in to Sheaf.",
    "",
    `URI: ${said.uri}`,
    "Version: 1",
    `Chain ID: ${said.chainId}`,
    `Nonce: ${said.nonce}`,
    `Issued At: ${new Date().toISOString()}`,
  ].join("\n");
  const signature = String(await ask("personal_sign", hexOf(message), account));
  return { message, signature };
}

/**
 * Signs in by what a wallet has signed.
 * @param party for which organisation, where the account belongs to several
 * @throws Problem `SeveralParties`, after which the same message is good once more, or as the API says
 */
export async function signInBy(signed: SignedMessage, party?: string): Promise<void> {
  const body = { ...signed, ...(party !== undefined && { party }) };
  await enterWith(await answerOf(api.POST("/api/v1/auth/wallet", { body })));
}

async function ask(method: string, ...params: readonly unknown[]): Promise<unknown> {
  try {
    return await window.ethereum?.request({ method, params });
  } catch (thrown) {
    const said: unknown = Reflect.get(Object(thrown), "message");
    const detail = typeof said === "string" ? said : undefined;
    throw new Problem(walletRefused, detail, 0, walletRefused);
  }
}

function hexOf(text: string): string {
  const bytes = [...new TextEncoder().encode(text)];
  return `0x${bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}
