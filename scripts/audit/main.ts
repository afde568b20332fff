import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { EntityManager } from "typeorm";
import { storedAudit, verifyAudit, type AuditVerdict } from "../../backend/src/audit/verify.ts";
import { AuditHeadRow, type AuditHead } from "../../backend/src/audit/audit.entity.ts";
import { readOnly } from "../../backend/src/database/read-only.ts";
import { schema } from "../../backend/src/schema.ts";
import { auditArguments } from "./arguments.ts";

/**
 * `npm run audit -- --verify`: looks for any change of a backend's audit log, while it runs or not, and writes nothing.
 * `--heads` prints the ends of its chains, to be kept where nobody can change them; `--against <file>` looks whether
 * they are still there. The backend's own variables say where it is, and AUDIT_SECRET and
 * FORMER_AUDIT_SECRETS what its chains were written with; without them, the sandbox that `npm start` runs.
 */
async function run(): Promise<number> {
  const { heads, against } = auditArguments(process.argv.slice(2));
  const { DATA_DIR = "data/sandbox", DATABASE_URL } = process.env;
  const place = { ...schema, name: "sheaf audit", dataDir: resolve(DATA_DIR), url: DATABASE_URL };
  return readOnly(place, async (manager) =>
    heads
      ? printHeads(manager)
      : report(await verifyAudit(storedAudit(manager), remembered(against), secrets())),
  );
}

/** The one in use, and those before it, with commas between. */
function secrets(): string[] {
  const { AUDIT_SECRET = "", FORMER_AUDIT_SECRETS = "" } = process.env;
  return [AUDIT_SECRET, ...FORMER_AUDIT_SECRETS.split(",")]
    .map((secret) => secret.trim())
    .filter((secret) => secret !== "");
}

async function printHeads(manager: EntityManager): Promise<number> {
  const rows = await manager.find(AuditHeadRow, { order: { writer: "ASC" } });
  console.log(
    JSON.stringify(
      rows.map(({ writer, seq, hash }) => ({ writer, seq, hash })),
      null,
      2,
    ),
  );
  return 0;
}

function remembered(file: string | undefined): AuditHead[] {
  if (file === undefined) return [];
  const heads = JSON.parse(readFileSync(resolve(file), "utf8")) as unknown;
  if (!Array.isArray(heads)) throw new Error(`${file} does not hold heads as --heads prints them.`);
  return heads as AuditHead[];
}

function report({ chains, entries, faults }: AuditVerdict): number {
  for (const fault of faults) console.log(`  ${fault}`);
  const found =
    faults.length === 0 ? "as it was written" : `changed: ${String(faults.length)} faults`;
  console.log(`${String(entries)} entries in ${String(chains)} chains: the log is ${found}.`);
  return faults.length === 0 ? 0 : 1;
}

try {
  process.exitCode = await run();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
