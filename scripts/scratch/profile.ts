import { readFileSync, readdirSync } from "node:fs";
import { Acts } from "../bench/gas/acts.ts";
import { assembleCast } from "../bench/gas/cast.ts";
import * as ops from "../bench/gas/operations.ts";
const want = process.argv[2]!;
const dir = "artifacts/build-info/";
const out = readdirSync(dir).find((f) => f.endsWith(".output.json"))!;
const inp = JSON.parse(readFileSync(dir + out.replace(".output.json", ".json"), "utf8"));
const info = JSON.parse(readFileSync(dir + out, "utf8")).output;
const srcById: Record<number, string> = {};
for (const [name, s] of Object.entries<any>(info.sources)) srcById[s.id] = name;
const texts: Record<string, string> = {};
for (const [name, s] of Object.entries<any>(inp.input.sources)) texts[name] = s.content;
function decode(map: string) { let prev = ["0","0","-1","-",""]; return map.split(";").map((e) => { const p = e.split(":"); prev = prev.map((v, i) => (p[i] ? p[i]! : v)); return { s: +prev[0]!, l: +prev[1]!, f: +prev[2]!, j: prev[3] }; }); }
function pcs(code: string) { const r: number[] = []; let i = 0, n = 0; const b = Buffer.from(code.replace(/__\$.{34}\$__/g, "0".repeat(40)), "hex"); while (i < b.length) { r[i] = n++; const op = b[i]!; i += op >= 0x60 && op <= 0x7f ? op - 0x5f + 1 : 1; } return r; }
const byName: Record<string, any> = {};
for (const [file, cs] of Object.entries<any>(info.contracts)) for (const [n, c] of Object.entries<any>(cs)) { const o = c.evm?.deployedBytecode; if (o?.object?.length > 200 && file.includes("contracts/") && !byName[n]) { const gen: Record<number,string> = {}; for (const g of o.generatedSources ?? []) { gen[g.id] = g.contents; } byName[n] = { map: decode(o.sourceMap), pc: pcs(o.object), gen }; } }
const cast = await assembleCast();
await (ops as any).measureOperations; 
const acts = new Acts(cast);
await (ops as any).playSeasonSoFar(acts, cast);
for (const o of ops.operations) {
  const tx = await (ops as any).plays[o](acts, cast); await tx.wait();
  if (o !== want) continue;
  const tr: any = await cast.request("debug_traceTransaction", tx.hash, { disableStorage: true, enableMemory: false });
  const stack = [tx.to!.toLowerCase()]; const tally: Record<string, number> = {}; const fn: Record<string, number> = {};
  const skip = new Set(["SLOAD","SSTORE","CALL","STATICCALL","DELEGATECALL","LOG0","LOG1","LOG2","LOG3","LOG4","KECCAK256","SHA3"]);
  let depth = 1, last: any;
  for (const l of tr.structLogs) {
    if (l.depth > depth) { const a = last.stack; stack.push("0x" + BigInt(a[a.length - 2].startsWith("0x")?a[a.length-2]:"0x"+a[a.length - 2]).toString(16).padStart(40, "0")); }
    while (l.depth < depth) { stack.pop(); depth--; }
    depth = l.depth; last = l;
    if (skip.has(l.op)) continue;
    const name = cast.directory.get(stack[stack.length - 1]!)?.name ?? "?";
    const c = byName[name]; if (!c) continue;
    const m = c.map[c.pc[l.pc]]; let where = "gen"; 
    if (m && m.f >= 0 && srcById[m.f]) { const t = texts[srcById[m.f]!]!; const line = t.slice(0, m.s).split("\n").length; where = srcById[m.f]!.split("/").pop() + ":" + line + " " + t.split("\n")[line - 1]!.trim().slice(0, 90); }
    else if (m && c.gen[m.f]) { const t = c.gen[m.f]; const b = t.slice(0, m.s); const k = b.lastIndexOf("function "); where = "yul " + t.slice(k+9, t.indexOf("(", k)); }
    const key = name + " | " + where; tally[key] = (tally[key] ?? 0) + l.gasCost;
  }
  const rows = Object.entries(tally).sort((a, b) => b[1] - a[1]);
  console.log("total", rows.reduce((s, r) => s + r[1], 0)); for (const [k, v] of rows.slice(0, 90)) console.log(String(v).padStart(6), k);
}
await cast.close(); process.exit(0);
