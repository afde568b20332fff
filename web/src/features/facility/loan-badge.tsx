import type { ReactNode } from "react";
import type { Loan } from "../../api/shapes.ts";
import { Badge, type Tone } from "../../elements/badge.tsx";
import { useWords } from "../../language/language.tsx";
import { wordFor } from "../../language/words.ts";

const tones: Record<Loan["status"], Tone> = {
  None: "plain",
  Active: "busy",
  Defaulted: "bad",
  Repaid: "good",
};

export function LoanBadge({ status }: { status: Loan["status"] }): ReactNode {
  const words = useWords();
  return <Badge tone={tones[status]}>{wordFor(words.loanStatus, status)}</Badge>;
}
