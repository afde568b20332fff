import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The files of the page behind the label, as they were built; undefined where the web page was not built. */
export interface PageAssets {
  readonly script: string | undefined;
  readonly style: string | undefined;
}

interface Chunk {
  readonly file: string;
  readonly css?: readonly string[];
}

const manifest = new URL("../../../web/dist/.vite/manifest.json", import.meta.url);
const entry = "lot/main.ts";

/** Without its files the page is readable still. */
export function readPageAssets(): PageAssets {
  try {
    const chunks = JSON.parse(readFileSync(fileURLToPath(manifest), "utf8")) as Partial<
      Record<string, Chunk>
    >;
    const chunk = chunks[entry];
    const style = chunk?.css?.[0];
    return { script: chunk && `/${chunk.file}`, style: style && `/${style}` };
  } catch {
    return { script: undefined, style: undefined };
  }
}
