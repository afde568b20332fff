// npm leaves out of the lock file what the registry at hand does not carry, such as the binaries
// of other systems; on those systems it would then install without them, or refuse. The entries
// follow from the packages that ask for them, so they can be put back without a download.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { explain, say } from "./progress.mjs";
import { root } from "./root.mjs";

const systems = ["android", "darwin", "freebsd", "linux", "openharmony", "win32"];
const processors = ["arm64", "arm", "ia32", "ppc64", "riscv64", "s390x", "x64"];

/** Completes the lock file; with `--check`, only says whether that is needed. */
export function completeLock(args) {
  const lock = read("package-lock.json");
  const strangers = differences(lock.packages[""], read("package.json"));
  if (strangers.length > 0) {
    explain(
      `package-lock.json and package.json differ on ${strangers.join(", ")}. Run: npm install`,
    );
    return 1;
  }
  const missing = missingBinaries(lock.packages);
  if (missing.length === 0) return 0;
  if (args.includes("--check")) {
    const names = missing.map(([path]) => path.replace(/^.*node_modules\//, ""));
    explain(`package-lock.json lacks ${names.join(", ")}. Run: npm run lock`);
    return 1;
  }
  const entries = [...Object.entries(lock.packages), ...missing];
  lock.packages = Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
  writeFileSync(join(root, "package-lock.json"), `${JSON.stringify(lock, null, 2)}\n`);
  say(`${missing.length} optional packages of other systems added to package-lock.json.`);
  return 0;
}

function read(name) {
  return JSON.parse(readFileSync(join(root, name), "utf8"));
}

function differences(locked, declared) {
  return ["dependencies", "devDependencies"].flatMap((kind) => {
    const [from, to] = [locked[kind] ?? {}, declared[kind] ?? {}];
    return Object.keys({ ...from, ...to }).filter((name) => from[name] !== to[name]);
  });
}

function missingBinaries(packages) {
  return Object.entries(packages).flatMap(([path, entry]) =>
    Object.entries(entry.optionalDependencies ?? {})
      .filter(([name]) => !isReachable(packages, path, name))
      .map(([name, version]) => [`node_modules/${name}`, binary(name, version, entry)]),
  );
}

function isReachable(packages, from, name) {
  for (let folder = from; ; folder = folder.replace(/\/?node_modules\/(@[^/]+\/)?[^/]+$/, "")) {
    if (packages[`${folder && `${folder}/`}node_modules/${name}`]) return true;
    if (folder === "") return false;
  }
}

/** What the entry would say, read from the name: `@scope/tool-linux-arm64-musl`. */
function binary(name, version, parent) {
  if (!/^\d+\.\d+\.\d+/.test(version)) {
    throw new Error(`${name}: expected one version for a binary, not "${version}".`);
  }
  const words = name.split(/[/-]/);
  const system = words.find((word) => systems.includes(word));
  const processor = words.find((word) => processors.includes(word));
  const library = /-musl/.test(name) ? "musl" : /-gnu/.test(name) ? "glibc" : undefined;
  return {
    version,
    ...(processor && { cpu: [processor] }),
    ...(parent.dev && { dev: true }),
    ...(system === "linux" && library && { libc: [library] }),
    optional: true,
    ...(system && { os: [system] }),
  };
}
