import type { Verdict } from "./verify.ts";

/** A verdict in words. */
export function worded({ bundle, fault, checked, notChecked, told }: Verdict): string {
  const lines: string[] = [];
  if (bundle !== undefined) {
    const { of, chain, state } = bundle;
    lines.push(
      `Bundle of ${of}, as of block ${String(state.block)} of chain ${String(chain.chainId)}.`,
    );
  }
  const section = (title: string, items: readonly string[]): void => {
    if (items.length > 0) lines.push("", title, ...items.map((item) => `  ${item}`));
  };
  section("Checked:", checked);
  if (fault !== undefined) {
    const place = fault.pointer === "" ? "The bundle" : fault.pointer;
    lines.push("", `DOES NOT HOLD: ${place}: ${fault.says}.`);
    return lines.join("\n");
  }
  section("It says:", told);
  section("Not checked:", notChecked);
  lines.push("", "All that was checked holds.");
  return lines.join("\n");
}
