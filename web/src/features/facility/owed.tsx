import type { ReactNode } from "react";
import type { Loan } from "../../api/shapes.ts";
import { Money } from "../../elements/figures.tsx";
import { useWords } from "../../language/language.tsx";
import { isEncumbering } from "./loans.ts";

/** What is owed on a loan, in a list; a dash where there is none. */
export function Owed({ loan }: { loan: Loan }): ReactNode {
  const words = useWords();
  return isEncumbering(loan) ? (
    <Money amount={loan.principal} currency={loan.currency} />
  ) : (
    <span className="quiet">{words.none}</span>
  );
}
