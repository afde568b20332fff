// Preload for every TypeScript process: `node --import ./scripts/runtime/register.mjs file.ts`.
import { registerHooks } from "node:module";
import { load, resolve } from "./typescript.mjs";
import "./leash.mjs";

registerHooks({ load, resolve });
process.setSourceMapsEnabled(true);
