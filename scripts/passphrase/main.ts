import { join } from "node:path";
import { changePassphrase } from "../../backend/src/chain/keystore-passphrase.ts";
import { faultOfSecret } from "../../backend/src/config/known-secrets.ts";

/**
 * `npm run passphrase`: encrypts the keystore of DATA_DIR, which KEYSTORE_PASSPHRASE opens, with
 * NEW_KEYSTORE_PASSPHRASE. While the backend is stopped; what ends in the middle is done to its end by the next run.
 */
async function run(): Promise<number> {
  const { DATA_DIR = "data", KEYSTORE_PASSPHRASE = "", NEW_KEYSTORE_PASSPHRASE = "" } = process.env;
  const fault = faultOfSecret(NEW_KEYSTORE_PASSPHRASE, 12);
  if (KEYSTORE_PASSPHRASE === "" || fault !== undefined) {
    console.error(
      "KEYSTORE_PASSPHRASE must open the keystore; NEW_KEYSTORE_PASSPHRASE must be a secret of at least 12 characters" +
        `${fault ?? ""}.`,
    );
    return 2;
  }
  const { changed, before } = await changePassphrase({
    folder: join(DATA_DIR, "keystore"),
    from: KEYSTORE_PASSPHRASE,
    to: NEW_KEYSTORE_PASSPHRASE,
    cost: 2 ** 17,
  });
  console.log(`${changed} keys have the new passphrase; ${before} had it before.`);
  return 0;
}

process.exitCode = await run().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  return 1;
});
