// Node strips types by itself, but Nest and TypeORM need decorator metadata, which only a real
// transform emits; the type checker does not run here (`npm run typecheck` does).
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);
const root = fileURLToPath(new URL("../..", import.meta.url));
const cache = join(root, "node_modules", ".cache", "sheaf", "typescript");
const swcVersion = require("@swc/core/package.json").version;

/** @type {import("@swc/core").Options} */
const options = {
  swcrc: false,
  configFile: false,
  sourceMaps: "inline",
  inlineSourcesContent: false,
  module: { type: "es6" },
  jsc: {
    target: "es2024",
    keepClassNames: true,
    transform: {
      legacyDecorator: true,
      decoratorMetadata: true,
      // As in tsconfig.json: a field that is only declared must not overwrite what a mapper set,
      // and an import without `type` stays, for the metadata refers to it.
      useDefineForClassFields: false,
      verbatimModuleSyntax: true,
      react: { runtime: "automatic" },
    },
  },
};

const isOurs = (url) => url.startsWith("file:") && !url.includes("/node_modules/");
const isTypeScript = (url) => /\.[cm]?tsx?$/.test(url);

/** Generated bindings import `./x.js` and mean `./x.ts`; our own imports name the file as it is. */
export function resolve(specifier, context, nextResolve) {
  if (/^\.{1,2}\/.*\.js$/.test(specifier) && context.parentURL && isOurs(context.parentURL)) {
    const source = new URL(specifier.replace(/\.js$/, ".ts"), context.parentURL);
    const script = new URL(specifier, context.parentURL);
    if (!existsSync(script) && existsSync(source)) return nextResolve(source.href, context);
  }
  return nextResolve(specifier, context);
}

export function load(url, context, nextLoad) {
  const address = url.replace(/[?#].*$/, "");
  if (!isOurs(address) || !isTypeScript(address)) return nextLoad(url, context);
  return { format: "module", shortCircuit: true, source: compiled(fileURLToPath(address)) };
}

function compiled(file) {
  const source = readFileSync(file, "utf8");
  const key = createHash("sha256")
    .update(JSON.stringify([swcVersion, options, relative(root, file), root]))
    .update(source)
    .digest("hex");
  const kept = join(cache, `${key}.mjs`);
  try {
    return readFileSync(kept, "utf8");
  } catch {
    const { code } = transform(source, file);
    keep(kept, code);
    return code;
  }
}

function transform(source, file) {
  const { transformSync } = require("@swc/core");
  const tsx = /x$/.test(file);
  const parser = { syntax: "typescript", decorators: true, tsx };
  return transformSync(source, {
    ...options,
    filename: file,
    jsc: { ...options.jsc, parser },
  });
}

function keep(kept, code) {
  mkdirSync(cache, { recursive: true });
  // Two processes may compile the same file at once: each writes its own, the rename is atomic.
  const own = `${kept}.${process.pid}`;
  writeFileSync(own, code);
  renameSync(own, kept);
}
