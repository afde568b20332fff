import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Wallet } from "ethers";

interface Nonce {
  readonly nonce: string;
  readonly domain: string;
  readonly uri: string;
  readonly chainId: string;
}

const usage = `npm run sign-in -- URL [PARTY]
  signs in at URL and prints an access token, which is good for 15 minutes. With
    SIGN_IN_KEY        a private key, or
    SIGN_IN_ACCOUNT    an account whose key is in the keystore of DATA_DIR, opened by KEYSTORE_PASSPHRASE
  PARTY is needed where the account belongs to several.`;

/** `npm run sign-in`: what a wallet does on the page, for a terminal. */
async function run([url, party]: readonly string[]): Promise<number> {
  if (url === undefined || !URL.canParse(url)) {
    console.error(usage);
    return 2;
  }
  const wallet = await walletOf(process.env);
  const { nonce, domain, uri, chainId } = await answer<Nonce>(`${url}/api/v1/auth/nonce`, {});
  const message =
    `${domain} wants you to sign in with your Ethereum account:\n${wallet.address}\n\n` +
    `Sign in to Sheaf.\n\nURI: ${uri}\nVersion: 1\nChain ID: ${chainId}\n` +
    `Nonce: ${nonce}\nIssued At: ${new Date().toISOString()}`;
  const signature = await wallet.signMessage(message);
  const session = await answer<{ readonly accessToken: string }>(`${url}/api/v1/auth/wallet`, {
    message,
    signature,
    ...(party !== undefined && { party }),
  });
  console.log(session.accessToken);
  return 0;
}

async function walletOf(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<{ readonly address: string; signMessage(message: string): Promise<string> }> {
  const { SIGN_IN_KEY, SIGN_IN_ACCOUNT, KEYSTORE_PASSPHRASE = "", DATA_DIR = "data" } = environment;
  if (SIGN_IN_KEY !== undefined && SIGN_IN_KEY !== "") return new Wallet(SIGN_IN_KEY);
  if (SIGN_IN_ACCOUNT === undefined) throw new Error(usage);
  const file = join(DATA_DIR, "keystore", `${SIGN_IN_ACCOUNT}.json`);
  return Wallet.fromEncryptedJson(await readFile(file, "utf8"), KEYSTORE_PASSPHRASE);
}

async function answer<Body>(url: string, body: object): Promise<Body> {
  const isEmpty = Object.keys(body).length === 0;
  const response = await fetch(url, {
    method: "POST",
    ...(!isEmpty && {
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    }),
    signal: AbortSignal.timeout(30_000),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${url}: ${response.status} ${text}`);
  return JSON.parse(text) as Body;
}

process.exitCode = await run(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  return 1;
});
