import type { ReactNode } from "react";
import { Badge, type Tone } from "../../elements/badge.tsx";
import { useWords } from "../../language/language.tsx";
import { wordFor } from "../../language/words.ts";

const tones: Record<string, Tone> = { Issued: "plain", Accepted: "busy", Fulfilled: "good" };

export function OrderBadge({ status }: { status: string }): ReactNode {
  const words = useWords();
  return <Badge tone={tones[status] ?? "plain"}>{wordFor(words.orderStatus, status)}</Badge>;
}
