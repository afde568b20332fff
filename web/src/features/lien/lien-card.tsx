import type { ReactNode } from "react";
import type { Lien } from "../../api/shapes.ts";
import { Card } from "../../elements/card.tsx";
import { Fact } from "../../elements/fact.tsx";
import { Day } from "../../elements/figures.tsx";
import { Badge } from "../../elements/badge.tsx";
import { useWords } from "../../language/language.tsx";
import { LienBadge } from "./lien-badge.tsx";

export function LienCard({ lien }: { lien: Lien }): ReactNode {
  const words = useWords();
  return (
    <Card
      title={words.lien}
      aside={lien.encumbered ? <LienBadge isEncumbered /> : <Badge tone="good">{words.free}</Badge>}
    >
      {lien.encumbered ? (
        <dl className="facts">
          <Fact name={words.lender}>{lien.byName ?? lien.by ?? words.none}</Fact>
          <Fact name={words.since}>
            {lien.since === null ? words.none : <Day at={lien.since} withClock />}
          </Fact>
        </dl>
      ) : (
        <p className="quiet">{words.freeText}</p>
      )}
    </Card>
  );
}
