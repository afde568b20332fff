import { dateOf } from "../../../backend/src/math/calendar.ts";
import { moneyText } from "../../api/wire.ts";
import type { ReplayReport } from "./replay-report.ts";

/** The report as one JSON document: money as decimal strings, days as dates, time in seconds, memory in megabytes. */
export function jsonReport(report: ReplayReport): string {
  const { totals, tally, balance, mapping, offer, seconds } = report;
  const played = seconds["total"] ?? 0;
  const document = {
    book: {
      file: report.file,
      mapping: mapping.name,
      currency: mapping.currency,
      firstOrder: dateOf(totals.firstDay),
      lastDelivery: dateOf(totals.lastDay),
      playedDaysLater: report.shift,
      orderDatesByRule: totals.guessedOrderDays,
      valuesThatDiffer: { lines: totals.differing, amount: moneyText(totals.differsBy) },
    },
    facility: { ...offer, limit: moneyText(offer.limit) },
    lines: {
      read: totals.read,
      taken: totals.taken - tally.stopped,
      refused: totals.refused + tally.stopped,
      refusals: report.refusals.map(({ fileLine, reason }) => ({ line: fileLine, reason })),
    },
    money: {
      orders: moneyText(totals.value),
      advanced: moneyText(tally.advanced),
      repaid: moneyText(tally.principal + tally.interest),
      interest: moneyText(tally.interest),
      stillOwed: moneyText(balance.owed),
      paidByBuyers: moneyText(tally.paid),
      linesWithoutAdvance: Object.fromEntries(tally.unfinanced),
    },
    daysFromOrderToCash: tally.daysToCash(),
    deliveries: { made: tally.deliveries, late: tally.late },
    balance: {
      isRight: balance.isRight,
      parties: balance.parties,
      minted: moneyText(balance.minted),
      held: moneyText(balance.held),
      drawn: moneyText(balance.drawn),
      differences: balance.differences.map(({ party, expected, held }) => ({
        party,
        expected: moneyText(expected),
        held: moneyText(held),
      })),
    },
    transactions: {
      sent: tally.commands,
      perSecond: Math.round((tally.commands / played) * 10) / 10,
    },
    seconds: Object.fromEntries(
      Object.entries(seconds).map(([name, value]) => [name, Math.round(value * 10) / 10]),
    ),
    memory: report.memory,
  };
  return JSON.stringify(document, undefined, 2);
}
