import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { cache, root } from "./root.mjs";

const generated = new Set(["node_modules", "dist"]);

/** A hash over the names and contents of files and folders; what does not exist counts as empty. */
export function fingerprint(paths, ...extra) {
  const hash = createHash("sha256").update(JSON.stringify(extra));
  for (const path of paths)
    for (const file of filesUnder(path)) {
      hash.update(`\0${file}\0`).update(readFileSync(join(root, file)));
    }
  return hash.digest("hex");
}

/** Every file under a path relative to the house, in a stable order, generated folders left out. */
export function filesUnder(path) {
  const full = join(root, path);
  if (!existsSync(full)) return [];
  let entries;
  try {
    entries = readdirSync(full, { withFileTypes: true });
  } catch (error) {
    if (error.code === "ENOTDIR") return [path];
    throw error;
  }
  return entries
    .filter((entry) => !generated.has(entry.name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const child = `${path}/${entry.name}`;
      return entry.isDirectory() ? filesUnder(child) : [child];
    });
}

const place = (name) => join(cache, "stamps", name);

export function isStamped(name, value) {
  return existsSync(place(name)) && readFileSync(place(name), "utf8") === value;
}

export function stamp(name, value) {
  mkdirSync(dirname(place(name)), { recursive: true });
  writeFileSync(place(name), value);
}
