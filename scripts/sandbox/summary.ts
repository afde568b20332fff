import { Reader } from "../api/reader.ts";
import type { SandboxClient } from "../api/sandbox-client.ts";
import type { Sandbox } from "./sandbox.ts";

/** What a newcomer has to know of a running sandbox: what runs where, who can sign in, what to try next. */
export async function summarise(sandbox: Sandbox, client: SandboxClient): Promise<string> {
  const { items } = await new Reader(client.as("operator")).parties();
  const widest = Math.max(0, ...items.map(({ roles }) => roles.join(", ").length));
  const parties = items.map(({ roles, name }) => `    ${roles.join(", ").padEnd(widest)}  ${name}`);
  return [
    "",
    "Sheaf is running.",
    "",
    `  Page            ${sandbox.url}`,
    `  API             ${sandbox.url}/api/docs`,
    `  Local network   ${sandbox.rpcUrl} (chain ${String(sandbox.deployment.chainId)})`,
    "",
    "  Who can sign in (pick one on the page; no password in the sandbox):",
    ...parties,
    "",
    "  What to try next:",
    `    open ${sandbox.url}, pick a cooperative and look at one of its claims`,
    `    open ${sandbox.url}/lot/hongyan-rice.example/lots/LOT-JB-1002`,
    "                                     what a shopper sees behind the code on the bag",
    "    npm run demo                     in a second terminal: one order, financed and paid, step by step",
    "    npm run replay -- YOUR.csv       what a facility would have done on your own order book",
    "    npm test                         all tests",
    "",
    "  Ctrl-C stops everything.",
    "",
  ].join("\n");
}
