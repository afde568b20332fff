import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import { Client } from "pg";
import { Database } from "../../backend/src/database/database.ts";
import { isUnavailable } from "../../backend/src/database/unavailable.ts";
import { schema } from "../../backend/src/schema.ts";
import { postgresServer } from "../support/databases.ts";

describe("Two deployments in schemas of one database", function () {
  this.timeout(60_000);
  let url: string;
  let one: Database;
  let other: Database;
  let another: Database;

  before(async () => {
    url = await (await postgresServer()).createDatabase();
    const client = new Client({ connectionString: url });
    await client.connect();
    for (const name of ["north", "south"]) await client.query(`CREATE SCHEMA ${name}`);
    await client.end();
    [one, other, another] = await Promise.all([open("north"), open("south"), open("south")]);
  });

  after(async () => {
    await Promise.all([one, other, another].map((database) => database.close()));
    await (await postgresServer()).dropDatabase(url);
  });

  const open = (name: string): Promise<Database> => {
    const within = new URL(url);
    within.searchParams.set("options", `-c search_path=${name}`);
    return Database.open({ ...schema, dataDir: "", url: within.href, durable: false });
  };

  it("are each led by a process of their own", async () => {
    for (let left = 50; left > 0 && !one.leadership.leads("projector"); left -= 1) await sleep(100);
    expect(one.leadership.leads("projector")).to.equal(true);
    const leads = (): boolean[] =>
      [other, another].map((each) => each.leadership.leads("projector"));
    for (let left = 50; left > 0 && !leads().includes(true); left -= 1) await sleep(100);
    expect(leads().sort()).to.deep.equal([false, true]);
  });

  it("do not wait for each other's locks", async () => {
    let isHeld = false;
    await one.locks.exclusively("key", () =>
      other.locks.exclusively("key", () => {
        isHeld = true;
        return Promise.resolve();
      }),
    );
    expect(isHeld).to.equal(true);
  });

  it("do not hear what is said in the other one", async () => {
    const heard: string[] = [];
    one.bulletin.hear("settled", (text) => heard.push(`north ${text}`));
    another.bulletin.hear("settled", (text) => heard.push(`south ${text}`));
    await sleep(500);
    await other.bulletin.announce("settled", "command");
    await other.write((manager) => other.bulletin.announce("settled", "another", manager));
    for (let left = 50; left > 0 && heard.length < 2; left -= 1) await sleep(100);
    await sleep(200);
    expect(heard).to.deep.equal(["south command", "south another"]);
  });

  it("are asked nothing that takes for ever", async () => {
    const [row] = await one.read.query<{ limit: string }[]>(
      `SELECT current_setting('statement_timeout') AS "limit"`,
    );
    expect(row?.limit).to.equal("30s");
    const late: unknown = await one.read
      .query("SELECT set_config('statement_timeout', '50', false), pg_sleep(0)")
      .then(() => one.read.query("SELECT pg_sleep(5)"))
      .catch((error: unknown) => error);
    expect(isUnavailable(late)).to.equal(true);
  });
});
