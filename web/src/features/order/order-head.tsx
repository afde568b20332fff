import type { ReactNode } from "react";
import type { Order } from "../../api/shapes.ts";
import { Joined } from "../../elements/joined.tsx";
import { Day, Money, Quantity } from "../../elements/figures.tsx";
import { grouped } from "../../format/decimal.ts";
import { useWords } from "../../language/language.tsx";
import { wordFor } from "../../language/words.ts";
import { OrderBadge } from "./order-badge.tsx";
import "./order.css";

/** What was agreed: the parties, the goods and the terms of an order. */
export function OrderHead({ order, badges }: { order: Order; badges: ReactNode }): ReactNode {
  const words = useWords();
  return (
    <header className="order-head">
      <div className="order-title">
        <h1>{order.number}</h1>
        <p>
          <span className="quiet">{words.line(order.line)}</span>
          <OrderBadge status={order.status} />
          {badges}
        </p>
      </div>
      <p className="order-worth">
        <Money amount={order.orderedValue} currency={order.currency} />
      </p>
      <p className="order-deal">
        <span>
          {order.buyerName} <span aria-hidden="true">→</span> <strong>{order.sellerName}</strong>
        </span>
        <span>
          {order.itemCode}, <Quantity quantity={order.orderedQuantity} unit={order.unit} />{" "}
          <span className="figure">
            × <span className="number">{grouped(order.unitPrice)}</span>{" "}
            <span className="quiet">{words.perUnit(wordFor(words.units, order.unit))}</span>
          </span>
        </span>
      </p>
      <p className="order-terms">
        <Joined>
          <>
            {words.deliverBy} <Day at={order.deliverBy} />
          </>
          {words.paymentTerm(order.paymentDays)}
          {words.inspection(order.inspectionDays)}
          <>
            {words.arbiter} {order.arbiterName}
          </>
        </Joined>
      </p>
    </header>
  );
}
