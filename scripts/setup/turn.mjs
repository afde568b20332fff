import { createHash } from "node:crypto";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { say } from "./progress.mjs";
import { root } from "./root.mjs";

const name = createHash("sha256").update(root).digest("hex").slice(0, 16);
const claim = join(tmpdir(), `sheaf-setup-${name}`);
const patience = 15 * 60_000;

/** Two commands at once in one checkout must not install or compile into each other. */
export async function inTurn(work) {
  await take();
  try {
    return await work();
  } finally {
    rmSync(claim, { force: true });
  }
}

async function take() {
  const end = Date.now() + patience;
  for (let told = false; Date.now() < end; told = true) {
    try {
      writeFileSync(claim, String(process.pid), { flag: "wx" });
      return;
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
    const holder = heldBy();
    if (holder === undefined) continue;
    if (!told) say(`Waiting for the setup that process ${holder} is running ...`);
    await sleep(300);
  }
  throw new Error(
    `Another setup has not finished in 15 minutes. If none is running, delete ${claim}.`,
  );
}

function heldBy() {
  let holder;
  try {
    holder = Number(readFileSync(claim, "utf8"));
    // Zero: the holder has made the file and not yet written into it.
    if (holder !== 0) process.kill(holder, 0);
    return holder;
  } catch (error) {
    if (error.code === "EPERM") return holder;
    rmSync(claim, { force: true });
    return undefined;
  }
}
