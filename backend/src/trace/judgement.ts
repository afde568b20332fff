import type { ExactDecimal } from "../math/exact-decimal.ts";
import type { LotAccount } from "./lot-account.ts";
import type { LotReceipts } from "./lot-receipts.ts";
import { Sums } from "./sums.ts";
import type { Amount, AmountKind, Balance, Flag } from "./trace.ts";
import type { TransformationAccount } from "./transformation-account.ts";

interface Judgement {
  readonly balances: Balance[];
  readonly flags: Flag[];
}

/** What a transformation's account shows: what comes out, with the declared loss, is not more than what went in. */
export function judgeTransformation({ id, input, output, loss }: TransformationAccount): Judgement {
  const balances: Balance[] = [];
  const flags: Flag[] = [];
  const out = new Sums();
  out.addSums(output);
  out.addSums(loss);
  const isKnown = !input.isMissing && !output.isMissing;
  if (!isKnown) flags.push({ code: "QuantityMissing", about: id, details: {} });
  for (const unit of new Set([...input.units, ...out.units])) {
    balances.push({
      of: "transformation",
      id,
      unit,
      ...sides(input.of(unit), out.of(unit)),
      isWhole: isKnown,
      amounts: amounts(unit, [
        ["input", input],
        ["output", output],
        ["declaredLoss", loss],
      ]),
    });
    if (!input.has(unit) && !input.isEmpty) {
      flags.push({ code: "UnitsDiffer", about: id, details: { unit: unit ?? "" } });
    } else if (!input.isMissing && out.of(unit).isMoreThan(input.of(unit))) {
      flags.push(excess("MoreOutThanIn", id, ["output", out], input, unit));
    }
  }
  return { balances, flags };
}

/** What a lot's account shows, and the receipts that the ledger has of it. */
export function judgeLot(account: LotAccount, receipts: LotReceipts): Judgement {
  const { uri, source } = account;
  const flags: Flag[] = [];
  if (source.isEmpty) flags.push({ code: "NeverCommissioned", about: uri, details: {} });
  const gone = new Sums();
  gone.addSums(account.sums("used"));
  gone.addSums(account.sums("ended"));
  if (source.isMissing || gone.isMissing) {
    flags.push({ code: "QuantityMissing", about: uri, details: {} });
  }
  const sums = [gone, account.packed, account.sums("sent"), receipts.inStore];
  const units = new Set([...source.units, ...sums.flatMap((each) => each.units)]);
  const balances = [...units].map((unit): Balance => ({
    of: "lot",
    id: uri,
    unit,
    ...sides(source.of(unit), gone.of(unit)),
    isWhole: !source.isMissing && !gone.isMissing,
    amounts: amountsOfLot(account, receipts, unit),
  }));
  if (source.isEmpty || source.isMissing) return { balances, flags };
  for (const unit of units) {
    if (!source.has(unit)) {
      flags.push({ code: "UnitsDiffer", about: uri, details: { unit: unit ?? "" } });
      continue;
    }
    const most = source.of(unit);
    if (gone.of(unit).isMoreThan(most)) {
      flags.push(excess("MoreOutThanIn", uri, ["used", gone], source, unit));
    }
    flags.push(...tooMuch(account, receipts, unit), ...overSent(account, unit));
  }
  return { balances, flags };
}

/** The same goods can be packed, sent on, put in store and be in store once, and no more than there ever was of them. */
function tooMuch(account: LotAccount, receipts: LotReceipts, unit: string | null): Flag[] {
  const { uri, source, packed } = account;
  const most = source.of(unit);
  const flags: Flag[] = [];
  const claim = (amount: AmountKind, sums: Sums, party?: string): void => {
    if (!sums.of(unit).isMoreThan(most)) return;
    flags.push(excess("MoreThanCommissioned", uri, [amount, sums], source, unit, party));
  };
  claim("packed", packed);
  for (const party of account.parties("sent")) {
    const net = new Sums();
    net.addSums(account.sums("sent", party));
    net.take({ unit, amount: received(account, party, unit) });
    claim("sent", net, party);
  }
  for (const warehouse of receipts.warehouses) {
    claim("receipted", receipts.receipted(warehouse), warehouse);
  }
  claim("inStore", receipts.inStore);
  return flags;
}

/** Of a party that tells what it makes and receives: it cannot send and use more. */
function overSent(account: LotAccount, unit: string | null): Flag[] {
  if (!account.areCarriersKnown) return [];
  return account.parties("sent", "used", "ended").flatMap((party) => {
    const had = new Sums();
    had.add({ unit, amount: received(account, party, unit) });
    for (const kind of ["commissioned", "produced", "unpacked"] as const) {
      had.addSums(account.sums(kind, party));
    }
    const gone = new Sums();
    for (const kind of ["sent", "used", "ended"] as const) gone.addSums(account.sums(kind, party));
    const tellsWhatItHad = had.of(unit).toString() !== "0";
    return tellsWhatItHad && gone.of(unit).isMoreThan(had.of(unit))
      ? [excess("MoreSentThanHad", account.uri, ["sent", gone], had, unit, party)]
      : [];
  });
}

/** Receiving and accepting tell of the same goods: whichever says more. */
function received(account: LotAccount, party: string, unit: string | null): ExactDecimal {
  const one = account.sums("received", party).of(unit);
  const other = account.sums("accepted", party).of(unit);
  return one.isMoreThan(other) ? one : other;
}

function amountsOfLot(account: LotAccount, receipts: LotReceipts, unit: string | null): Amount[] {
  const told = ["commissioned", "produced", "unpacked", "used", "ended"] as const;
  const byParty = ["sent", "received", "accepted"] as const;
  return [
    ...amounts(unit, [
      ...told.map((kind) => [kind, account.sums(kind)] as const),
      ["packed", account.packed],
    ]),
    ...byParty.flatMap((kind) =>
      account
        .parties(kind)
        .flatMap((party) => amounts(unit, [[kind, account.sums(kind, party)]], party)),
    ),
    ...receipts.warehouses.flatMap((warehouse) =>
      amounts(
        unit,
        [
          ["receipted", receipts.receipted(warehouse)],
          ["inStore", receipts.inStoreAt(warehouse)],
        ],
        warehouse,
      ),
    ),
  ];
}

function amounts(
  unit: string | null,
  sums: readonly (readonly [AmountKind, Sums])[],
  party?: string,
): Amount[] {
  return sums
    .filter(([, each]) => each.has(unit))
    .map(([kind, each]) => ({
      kind,
      quantity: each.of(unit).toString(),
      ...(party !== undefined && { party }),
    }));
}

function sides(into: ExactDecimal, out: ExactDecimal): Pick<Balance, "in" | "out" | "left"> {
  return { in: into.toString(), out: out.toString(), left: into.minus(out).toString() };
}

function excess(
  code: Flag["code"],
  about: string,
  [amount, sums]: readonly [AmountKind, Sums],
  most: Sums,
  unit: string | null,
  party?: string,
): Flag {
  const details = {
    amount,
    quantity: sums.of(unit).toString(),
    most: most.of(unit).toString(),
    unit: unit ?? "",
    ...(party !== undefined && { party }),
  };
  return { code, about, details };
}
