import { readFileSync, existsSync } from "node:fs";
import { Database } from "../backend/src/database/database.ts";
import { schema } from "../backend/src/schema.ts";
import { measureCold, measureWarm, dropFromCache } from "./bench/trace/answers.ts";
const [dir, n] = process.argv.slice(2);
const lots = new Map(JSON.parse(readFileSync(`${dir}/lots.json`, "utf8")) as [number, string[]][]);
const ledger = {
  open: () => Database.open({ ...schema, dataDir: dir!, durable: false }),
  forget: async () => dropFromCache(["", "-wal"].map((s) => `${dir}/sheaf.sqlite${s}`).filter((f) => existsSync(f))),
};
for (const length of [10, 50, 500]) {
  const all = lots.get(length)!;
  const step = Math.max(1, Math.floor(all.length / Number(n)));
  const some = all.filter((_, i) => i % step === 0).slice(0, Number(n));
  await measureWarm(ledger, length, some.slice(0,20));
  console.log(JSON.stringify(await measureWarm(ledger, length, some)));
  console.log(JSON.stringify(await measureCold(ledger, length, some)));
}
