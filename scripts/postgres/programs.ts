import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { delimiter, join } from "node:path";

const debian = "/usr/lib/postgresql";

/**
 * The folder of PostgreSQL's programs: the newest of Debian's, or the first on the PATH.
 * @throws where it is not installed
 */
export function postgresPrograms(): string {
  const versions = existsSync(debian) ? readdirSync(debian) : [];
  const folders = [
    ...versions
      .sort((a, b) => Number(b) - Number(a))
      .map((version) => join(debian, version, "bin")),
    ...(process.env["PATH"] ?? "").split(delimiter),
  ];
  const found = folders.find((folder) => existsSync(join(folder, "initdb")));
  if (found === undefined) {
    throw new Error(
      `PostgreSQL is not installed: no initdb under ${debian} or on the PATH. On Debian: apt-get install postgresql`,
    );
  }
  return found;
}

/** PostgreSQL refuses to run as root: the user that its package brings, or ourselves. */
export function postgresUser(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string): number =>
    Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8", stdio: "pipe" }));
  return { uid: id("-u"), gid: id("-g") };
}
