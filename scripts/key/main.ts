import { join } from "node:path";
import { Keystore } from "../../backend/src/chain/keystore.ts";
import { faultOfSecret } from "../../backend/src/config/known-secrets.ts";

/**
 * `npm run key`: makes a key in the keystore of DATA_DIR, encrypted with KEYSTORE_PASSPHRASE, and prints its account. The
 * key itself is shown nowhere.
 */
async function run(): Promise<number> {
  const { DATA_DIR = "data", KEYSTORE_PASSPHRASE = "" } = process.env;
  const fault = faultOfSecret(KEYSTORE_PASSPHRASE, 12);
  if (fault !== undefined) {
    console.error(`KEYSTORE_PASSPHRASE must be a secret of at least 12 characters${fault}.`);
    return 2;
  }
  const folder = join(DATA_DIR, "keystore");
  const keystore = new Keystore({ folder, passphrase: KEYSTORE_PASSPHRASE, cost: 2 ** 17 });
  console.log(await keystore.create());
  return 0;
}

process.exitCode = await run().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  return 1;
});
