import { expect } from "chai";
import { mkdtemp, readdir, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { changePassphrase } from "../../../backend/src/chain/keystore-passphrase.ts";
import { Keystore } from "../../../backend/src/chain/keystore.ts";

const cost = 2;

describe("A keystore", () => {
  let folder: string;
  let accounts: string[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "sheaf-keys-"));
    const keystore = new Keystore({ folder, passphrase: "the old one", cost });
    accounts = [];
    for (let index = 0; index < 4; index += 1) accounts.push(await keystore.create());
  });

  afterEach(() => rm(folder, { recursive: true }));

  const change = (from = "the old one", to = "the new one") =>
    changePassphrase({ folder, from, to, cost });
  const opens = async (passphrase: string): Promise<string[]> => {
    const keystore = new Keystore({ folder, passphrase, cost });
    const opened: string[] = [];
    for (const account of accounts) {
      if (await keystore.signsFor(account).catch(() => false)) opened.push(account);
    }
    return opened;
  };

  it("opens with the new passphrase alone once that was changed, and holds the same keys", async () => {
    expect(await change()).to.deep.equal({ changed: 4, before: 0 });
    expect(await opens("the new one")).to.deep.equal(accounts);
    expect(await opens("the old one")).to.deep.equal([]);
    expect((await readdir(folder)).sort()).to.deep.equal(accounts.map((a) => `${a}.json`).sort());
  });

  it("gets the rest by the same change again when one ended in the middle", async () => {
    const [first = "", second = ""] = accounts;
    await rename(join(folder, `${first}.json`), join(folder, `${first}.kept`));
    await rename(join(folder, `${second}.json`), join(folder, `${second}.kept`));
    expect(await change()).to.deep.equal({ changed: 2, before: 0 });
    await rename(join(folder, `${first}.kept`), join(folder, `${first}.json`));
    await rename(join(folder, `${second}.kept`), join(folder, `${second}.json`));
    await writeFile(join(folder, `${first}.json.next`), "half a fi");
    expect(await change()).to.deep.equal({ changed: 2, before: 2 });
    expect(await opens("the new one")).to.deep.equal(accounts);
  });

  it("is left as it was where one of its keys opens with neither passphrase", async () => {
    const failure: unknown = await change("no passphrase of it", "the new one").catch(String);
    expect(failure).to.match(/0x[0-9a-fA-F]{40}\.json opens with neither passphrase/);
    expect(await opens("the old one")).to.deep.equal(accounts);
  });
});
