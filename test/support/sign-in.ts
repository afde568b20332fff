import { Wallet } from "ethers";
import { Client, type Answer } from "./client.ts";

interface Nonce {
  readonly nonce: string;
  readonly domain: string;
  readonly uri: string;
  readonly chainId: string;
}

/** What of a message a test wants otherwise. */
export interface MessageChanges {
  readonly domain?: string;
  readonly address?: string;
  readonly uri?: string;
  readonly chainId?: string;
  readonly nonce?: string;
  readonly issuedAt?: string;
  /** Lines behind the rest. */
  readonly more?: string;
}

/** A message of EIP-4361 for whoever gave the nonce. */
export async function messageFor(
  url: string,
  address: string,
  changes: MessageChanges = {},
): Promise<string> {
  const { body } = await new Client(url).post<Nonce>("/api/v1/auth/nonce");
  const said = { ...body, address, issuedAt: new Date().toISOString(), more: "", ...changes };
  return (
    `${said.domain} wants you to sign in with your Ethereum account:\n${said.address}\n\n` +
    `Sign in to Sheaf.\n\nURI: ${said.uri}\nVersion: 1\nChain ID: ${said.chainId}\n` +
    `Nonce: ${said.nonce}\nIssued At: ${said.issuedAt}${said.more}`
  );
}

interface Session {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly code?: string;
}

/** Signs a message with a wallet and hands it in. */
export async function signIn(
  url: string,
  wallet: Wallet,
  changes: MessageChanges & { readonly party?: string } = {},
): Promise<Answer<Session>> {
  const { party, ...rest } = changes;
  const message = await messageFor(url, wallet.address, rest);
  const signature = await wallet.signMessage(message);
  return new Client(url).post<Session>("/api/v1/auth/wallet", {
    message,
    signature,
    ...(party && { party }),
  });
}

/** A client that a wallet has signed in. */
export async function clientOf(url: string, wallet: Wallet, party?: string): Promise<Client> {
  const { body } = await signIn(url, wallet, party === undefined ? {} : { party });
  return new Client(url, body.accessToken);
}
