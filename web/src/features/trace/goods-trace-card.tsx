import type { ReactNode } from "react";
import type { GoodsTrace } from "../../api/shapes.ts";
import { Badge } from "../../elements/badge.tsx";
import { Card } from "../../elements/card.tsx";
import { useWords } from "../../language/language.tsx";
import { saidOf } from "./flags.ts";
import "./goods-trace.css";

/** Whether the goods are what they are said to be: what a lender asks before it lends on them. */
export function GoodsTraceCard({ trace }: { trace: GoodsTrace }): ReactNode {
  const words = useWords();
  const { events, isWhole, flags } = trace;
  if (events === 0 && flags.length === 0) return null;
  const badge =
    flags.length > 0 ? (
      <Badge tone="bad">{words.flagsToAsk(flags.length)}</Badge>
    ) : (
      <Badge tone="good">{words.flagsNone}</Badge>
    );
  return (
    <Card title={words.goodsTrace} aside={badge}>
      {flags.length === 0 ? (
        <p className="quiet">{words.goodsTraceFine(events)}</p>
      ) : (
        <ul className="flags">
          {flags.map((flag) => {
            const said = saidOf(flag, words);
            return <li key={`${flag.code} ${flag.about} ${said}`}>{said}</li>;
          })}
        </ul>
      )}
      {isWhole ? null : <p className="quiet">{words.goodsTraceCut}</p>}
    </Card>
  );
}
