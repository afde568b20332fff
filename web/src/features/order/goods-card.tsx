import type { ReactNode } from "react";
import type { Order } from "../../api/shapes.ts";
import { Bar } from "../../elements/bar.tsx";
import { Card } from "../../elements/card.tsx";
import { Money, Quantity } from "../../elements/figures.tsx";
import { difference, isPositive, sum } from "../../format/decimal.ts";
import { useWords } from "../../language/language.tsx";

/** Where the ordered goods are now: the order's counters, and what the buyer owes for them. */
export function GoodsCard({
  order,
  owed,
}: {
  order: Order;
  /** What the buyer has not paid yet, if the viewer may know. */
  owed: string | undefined;
}): ReactNode {
  const words = useWords();
  const { accepted, pending, stored, quantity, unit } = order;
  const left = difference(quantity, sum([accepted, pending, stored]));
  const parts = [
    { name: "accepted" as const, amount: accepted },
    { name: "pending" as const, amount: pending },
    { name: "stored" as const, amount: stored },
    { name: "rest" as const, amount: isPositive(left) ? left : "0" },
  ];
  return (
    <Card title={words.goods}>
      <Bar whole={quantity} parts={parts.filter(({ name }) => name !== "rest")} />
      <dl className="goods">
        {parts.map(({ name, amount }) => (
          <div key={name} className={`goods-part ${isPositive(amount) ? "" : "is-none"}`}>
            <dt>
              <span className={`goods-key bar-${name}`} aria-hidden="true" />
              {words.goodsParts[name]}
            </dt>
            <dd>
              <Quantity quantity={amount} unit={unit} />
            </dd>
          </div>
        ))}
      </dl>
      {owed === undefined ? null : (
        <p className="goods-owed">
          <span>{words.owed}</span>
          <Money amount={owed} currency={order.currency} />
        </p>
      )}
      {order.overdueCount > 0 ? <p className="alarm">{words.overdue(order.overdueCount)}</p> : null}
    </Card>
  );
}
