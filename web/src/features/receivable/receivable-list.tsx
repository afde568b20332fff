import type { ReactNode } from "react";
import type { Receivable } from "../../api/shapes.ts";
import { Badge, type Tone } from "../../elements/badge.tsx";
import { Bar } from "../../elements/bar.tsx";
import { Card } from "../../elements/card.tsx";
import { Joined } from "../../elements/joined.tsx";
import { Day, Money } from "../../elements/figures.tsx";
import { difference, isPositive } from "../../format/decimal.ts";
import { useWords } from "../../language/language.tsx";
import { wordFor } from "../../language/words.ts";

const tones: Record<string, Tone> = {
  Confirmed: "busy",
  PartiallyPaid: "busy",
  Settled: "good",
  Disputed: "warm",
  Overdue: "bad",
};

export function ReceivableList({ receivables }: { receivables: Receivable[] }): ReactNode {
  const words = useWords();
  if (receivables.length === 0) return null;
  return (
    <Card title={words.receivables}>
      <ul className="records">
        {receivables.map((receivable) => (
          <ReceivableRecord key={receivable.id} receivable={receivable} />
        ))}
      </ul>
    </Card>
  );
}

function ReceivableRecord({ receivable }: { receivable: Receivable }): ReactNode {
  const words = useWords();
  const { amount, outstanding, currency, status } = receivable;
  return (
    <li className="record">
      <div className="record-head">
        <strong>{words.delivery(receivable.delivery)}</strong>
        <Badge tone={tones[status] ?? "plain"}>{wordFor(words.receivableStatus, status)}</Badge>
        <span className="record-figure">
          <Money amount={amount} currency={currency} />
        </span>
      </div>
      <Bar whole={amount} parts={[{ name: "paid", amount: difference(amount, outstanding) }]} />
      <p className="record-note">
        <Joined>
          <>
            {words.due} <Day at={receivable.dueDate} />
          </>
          {receivable.daysPastDue > 0 ? (
            <span className="alarm">{words.daysPastDue(receivable.daysPastDue)}</span>
          ) : null}
          {isPositive(outstanding) ? (
            <>
              {words.outstanding} <Money amount={outstanding} currency={currency} />
            </>
          ) : null}
          {isPositive(receivable.contested) ? (
            <>
              {words.contested} <Money amount={receivable.contested} currency={currency} />
            </>
          ) : null}
          {receivable.deemed ? words.deemed : null}
          {receivable.assigned ? words.assigned(receivable.holderName) : null}
        </Joined>
      </p>
    </li>
  );
}
