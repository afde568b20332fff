import type { ReactNode } from "react";
import { grouped, trimmed } from "../format/decimal.ts";
import { clockOf, dayInWords, dayOf } from "../format/time.ts";
import { useLanguage, useWords } from "../language/language.tsx";
import { wordFor } from "../language/words.ts";

/** An amount of money with its currency: "CNY 130,000.00", "130,000.00 元". */
export function Money({ amount, currency }: { amount: string; currency: string }): ReactNode {
  const { language } = useLanguage();
  const number = <span className="number">{grouped(amount)}</span>;
  const isYuan = language === "zh" && currency === "CNY";
  return (
    <span className="figure">
      {isYuan ? (
        <>
          {number} <span className="unit">元</span>
        </>
      ) : (
        <>
          <span className="unit">{currency}</span> {number}
        </>
      )}
    </span>
  );
}

/** A quantity with its unit: "12,000 kg". */
export function Quantity({ quantity, unit }: { quantity: string; unit: string }): ReactNode {
  const words = useWords();
  return (
    <span className="figure">
      <span className="number">{grouped(trimmed(quantity))}</span>{" "}
      <span className="unit">{wordFor(words.units, unit)}</span>
    </span>
  );
}

/** A civil day; the clock too if `withClock`. */
export function Day({ at, withClock = false }: { at: string; withClock?: boolean }): ReactNode {
  const { language } = useLanguage();
  const clock = withClock ? clockOf(at) : "";
  return (
    <time className="day" dateTime={at}>
      {dayInWords(dayOf(at), language)}
      {clock === "" ? "" : ` ${clock}`}
    </time>
  );
}
