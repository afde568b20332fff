import { readdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { decryptKeystoreJson, encryptKeystoreJson } from "ethers";

export interface PassphraseChange {
  /** Folder of the encrypted files. */
  readonly folder: string;
  readonly from: string;
  readonly to: string;
  /** Scrypt's cost of what is written. */
  readonly cost: number;
}

/** How many keys there are of either kind afterwards. */
export interface PassphraseChanged {
  readonly changed: number;
  /** By an earlier run that did not get to its end. */
  readonly before: number;
}

interface Key {
  readonly address: string;
  readonly privateKey: string;
}

/**
 * Encrypts every key of a keystore with another passphrase. First all are read and written beside the old files, and
 * read again; then each takes the place of its old one. Ended in the middle, the same run again does the rest: a file is
 * always a whole one, by the old passphrase or by the new.
 * @throws Error where a file opens with neither; nothing has changed then
 */
export async function changePassphrase(change: PassphraseChange): Promise<PassphraseChanged> {
  const { folder, from, to } = change;
  const names = (await readdir(folder)).filter((name) => /^0x[0-9a-fA-F]{40}\.json$/.test(name));
  const isNew = new Map<string, boolean>();
  for (const name of names) {
    const file = join(folder, name);
    const json = await readFile(file, "utf8");
    const old = await opened(json, from);
    const key = old ?? (await opened(json, to));
    if (key === undefined) throw new Error(`${name} opens with neither passphrase.`);
    isNew.set(file, old === undefined);
    if (old !== undefined) await writeBeside(file, old, change);
  }
  const waiting = [...isNew].filter(([, done]) => !done).map(([file]) => file);
  for (const file of waiting) await rename(`${file}.next`, file);
  return { changed: waiting.length, before: names.length - waiting.length };
}

async function writeBeside(
  file: string,
  { address, privateKey }: Key,
  { to, cost }: PassphraseChange,
): Promise<void> {
  const options = { scrypt: { N: cost, r: 8, p: 1 } };
  const json = await encryptKeystoreJson({ address, privateKey }, to, options);
  await writeFile(`${file}.next`, json, { mode: 0o600, flush: true });
  const again = await opened(await readFile(`${file}.next`, "utf8"), to);
  if (again?.privateKey !== privateKey) throw new Error(`${file}.next cannot be read again.`);
}

async function opened(json: string, passphrase: string): Promise<Key | undefined> {
  try {
    const { address, privateKey } = await decryptKeystoreJson(json, passphrase);
    return { address, privateKey };
  } catch {
    return undefined;
  }
}
