import { dateOf } from "../../../backend/src/math/calendar.ts";
import { moneyText } from "../../api/wire.ts";
import type { Mean } from "../play/tally.ts";
import type { ReplayReport } from "./replay-report.ts";

/** The report as a person reads it. */
export function textReport(report: ReplayReport): string {
  return [
    "",
    ...linesTaken(report),
    ...money(report),
    ...daysToCash(report),
    ...balanceOf(report),
    ...effort(report),
  ].join("\n");
}

function linesTaken({ totals, tally, refusals, mapping, shift }: ReplayReport): string[] {
  const taken = totals.taken - tally.stopped;
  const refused = totals.refused + tally.stopped;
  const late = tally.deliveries === 0 ? 0 : (tally.late * 100) / tally.deliveries;
  return [
    `Lines             ${count(totals.read)} read, ${count(taken)} taken, ${count(refused)} refused`,
    ...refusals.map(({ fileLine, reason }) => `  line ${String(fileLine)}: ${reason}`),
    `  mapping         ${mapping.name}; orders from ${dateOf(totals.firstDay)}, deliveries to ${dateOf(totals.lastDay)}` +
      (shift === 0 ? "" : `, played ${count(shift)} days later`),
    `  order dates     ${count(totals.guessedOrderDays)} by the mapping's rule: ` +
      `${String(mapping.unknownOrderDate.daysBefore)} days before delivery`,
    ...(totals.differing === 0
      ? []
      : [
          `  values          ${count(totals.differing)} differ from quantity × price within the tolerance, ` +
            `together by ${amount(totals.differsBy)}`,
        ]),
    `Late deliveries   ${count(tally.late)} of ${count(tally.deliveries)} (${late.toFixed(1)} %)`,
    "",
  ];
}

function money({ totals, tally, balance, mapping }: ReplayReport): string[] {
  const row = (name: string, value: bigint): string =>
    `  ${name.padEnd(16)}${amount(value).padStart(20)}`;
  const without = [...tally.unfinanced].map(
    ([rule, lines]) => `  no advance on ${count(lines)} lines: ${rule}`,
  );
  return [
    `Money, ${mapping.currency}`,
    row("orders", totals.value),
    row("advanced", tally.advanced),
    row("repaid", tally.principal + tally.interest),
    row("  of it interest", tally.interest),
    row("still owed", balance.owed),
    row("paid by buyers", tally.paid),
    ...without,
    "",
  ];
}

function daysToCash({ tally }: ReplayReport): string[] {
  const days = tally.daysToCash();
  const row = (name: string, { weighted, plain }: Mean): string =>
    `  ${name.padEnd(20)}${shown(weighted).padStart(10)}${shown(plain).padStart(12)}`;
  const shown = (mean: number | null): string => mean?.toFixed(1) ?? "–";
  return [
    `Days from order to cash   by amount     by line`,
    row("without financing", days.without),
    row("with financing", days.with),
    "",
  ];
}

function balanceOf({ balance }: ReplayReport): string[] {
  const { differences, parties, minted, held, drawn, owed } = balance;
  const sign = minted === held ? "=" : "≠";
  return [
    `Balance           ${balance.isRight ? "right to the minor unit" : "WRONG"}`,
    `  money           minted ${amount(minted)} ${sign} held in the end ${amount(held)}`,
    `  parties         ${count(parties - differences.length)} of ${count(parties)} hold what the answers come to`,
    ...differences.map(
      ({ party, expected, held: has }) =>
        `    ${party} holds ${amount(has)}, not ${amount(expected)}`,
    ),
    `  loans           drawn ${amount(drawn)} ${drawn === owed ? "=" : "≠"} advanced less repaid ${amount(owed)}`,
    "",
  ];
}

function effort({ seconds, tally, memory }: ReplayReport): string[] {
  const { total = 0, ...spans } = seconds;
  const parts = Object.entries(spans).map(([name, value]) => `${name} ${value.toFixed(1)}`);
  const megabytes = (value: number | null): string => (value === null ? "–" : String(value));
  const rows = memory.map(
    ({ linesDone, backend, replay, network }) =>
      `  ${count(linesDone).padStart(10)}${megabytes(backend).padStart(10)}${megabytes(replay).padStart(10)}` +
      megabytes(network).padStart(16),
  );
  return [
    `Time              ${total.toFixed(1)} s: ${parts.join(", ")}`,
    `Transactions      ${count(tally.commands)}, ${(tally.commands / total).toFixed(1)} a second over all`,
    "Memory (MB)",
    "  lines paid   backend    replay   local network",
    ...rows,
  ];
}

function amount(minor: bigint): string {
  const [whole = "", fraction = ""] = moneyText(minor).split(".");
  return `${grouped(whole)}.${fraction}`;
}

function count(value: number): string {
  return grouped(String(value));
}

function grouped(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ",");
}
