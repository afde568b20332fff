import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { BundleScene, parsed } from "../support/bundle-scene.ts";
import { forged } from "../support/forging.ts";

const main = fileURLToPath(new URL("../../scripts/verify/main.ts", import.meta.url));
const hook = new URL("../../scripts/runtime/register.mjs", import.meta.url).href;

interface Ending {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

describe("npm run verify", function () {
  this.timeout(120_000);
  let scene: BundleScene;
  let folder: string;

  before(async () => {
    scene = await BundleScene.open();
    folder = await mkdtemp(join(tmpdir(), "sheaf-verify-"));
    const file = await scene.anchoredFile();
    await writeFile(join(folder, "good.json"), file);
    const { deployment } = scene.trade.chain;
    const { Liens, ...others } = deployment.contracts;
    const strange = { ...deployment, contracts: { ...others, Liens: others.Quotes } };
    await writeFile(join(folder, "deployment.json"), JSON.stringify(deployment));
    await writeFile(join(folder, "other.json"), JSON.stringify(strange));
    const events = parsed(file).events.slice(1);
    await writeFile(join(folder, "cut.json"), forged(parsed(file), { events }, "kept"));
  });

  after(async () => {
    await rm(folder, { recursive: true });
    await scene.close();
  });

  const run = (...args: readonly string[]): Promise<Ending> =>
    new Promise((resolve) => {
      const options = { cwd: folder, timeout: 60_000, env: { ...process.env, INIT_CWD: folder } };
      const command = ["--import", hook, main, ...args];
      execFile(process.execPath, command, options, (error, output, errors) => {
        const code = typeof error?.code === "number" ? error.code : error === null ? 0 : -1;
        resolve({ code, output, errors });
      });
    });

  it("ends with 0 for a bundle that holds, and says what was checked and what was not", async () => {
    const { code, output } = await run("good.json", "--rpc", scene.trade.chain.url);
    expect(code).to.equal(0);
    expect(output).to.include("Checked:").and.include("It says:").and.include("Not checked:");
    expect(output.trimEnd()).to.match(/All that was checked holds\.$/);
  });

  it("ends with 1 and names the first thing that does not hold", async () => {
    const { code, output } = await run("cut.json");
    expect(code).to.equal(1);
    expect(output.trimEnd()).to.match(/DOES NOT HOLD: \/seal\/signature: is not 0x\w+'s on this/);
  });

  it("compares the contracts with those that are meant", async () => {
    const right = await run("good.json", "--deployment", "deployment.json");
    expect(right.code).to.equal(0);
    expect(right.output).to.match(/the bundle's contracts are those of \S+deployment\.json/);
    expect((await run("good.json")).output).to.include("that the bundle's contracts are Sheaf's");
    const wrong = await run("good.json", "--deployment", "other.json");
    expect(wrong.code).to.equal(1);
    expect(wrong.output).to.include(
      "DOES NOT HOLD: /chain/contracts/Liens: is another one than in",
    );
  });

  it("answers a program with JSON", async () => {
    const { code, output } = await run("cut.json", "--json");
    expect(code).to.equal(1);
    const { fault } = JSON.parse(output) as { readonly fault: { readonly pointer: string } };
    expect(fault.pointer).to.equal("/seal/signature");
  });

  it("ends with 2 where nothing can be checked", async () => {
    for (const args of [
      [],
      ["good.json", "cut.json"],
      ["none.json"],
      ["good.json", "--rpc", "nowhere"],
      ["good.json", "--rcp", "http://127.0.0.1:9"],
    ]) {
      const { code, errors } = await run(...args);
      expect(code, args.join(" ")).to.equal(2);
      expect(errors).to.include("npm run verify --");
    }
    const nothing = await run("good.json", "--deployment", "cut.json");
    expect(nothing.code).to.equal(2);
    expect(nothing.errors).to.include("chainId must be an integer");
    const { code, errors } = await run("good.json", "--rpc", "http://127.0.0.1:9");
    expect(code).to.equal(2);
    expect(errors).to.include("does not answer eth_chainId");
  });
});
