import type { ReactNode } from "react";
import type { Order } from "../../api/shapes.ts";
import { Bar } from "../../elements/bar.tsx";
import { Day, Money, Quantity } from "../../elements/figures.tsx";
import { useWords } from "../../language/language.tsx";
import { Link } from "../../navigation/navigation.tsx";
import { OrderBadge } from "./order-badge.tsx";
import "./order-list.css";

/** The lien on an order and the loan that it secures, of which the list itself knows nothing. */
interface Security {
  lien: ReactNode;
  loan: ReactNode;
}

export function OrderList({
  orders,
  securityOf,
}: {
  orders: Order[];
  securityOf: (order: Order) => Security;
}): ReactNode {
  const words = useWords();
  return (
    <div className="orders">
      <div className="orders-head" aria-hidden="true">
        <span>{words.order}</span>
        <span>{words.status}</span>
        <span>{words.delivered}</span>
        <span className="right">{words.loan}</span>
        <span className="right">{words.value}</span>
      </div>
      <ul>
        {orders.map((order) => (
          <li key={order.id}>
            <OrderRow order={order} security={securityOf(order)} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function OrderRow({ order, security }: { order: Order; security: Security }): ReactNode {
  const words = useWords();
  return (
    <Link to={`/claims/${order.id}`} className="order-row">
      <span className="order-name">
        <strong>{order.number}</strong>
        <small>
          {words.line(order.line)}, {order.itemCode}
        </small>
      </span>
      <small className="order-parties">
        {order.buyerName} <span aria-hidden="true">→</span> {order.sellerName}
      </small>
      <span className="order-badges">
        <OrderBadge status={order.status} />
        {security.lien}
      </span>
      <span className="order-progress">
        <Bar
          whole={order.orderedQuantity}
          parts={[
            { name: "accepted", amount: order.accepted },
            { name: "pending", amount: order.pending },
            { name: "stored", amount: order.stored },
          ]}
        />
        <small>
          <Quantity quantity={order.accepted} unit={order.unit} /> /{" "}
          <Quantity quantity={order.orderedQuantity} unit={order.unit} />
        </small>
        <small>
          {words.deliverBy} <Day at={order.deliverBy} />
        </small>
      </span>
      <span className="order-loan">
        {security.loan === null ? null : (
          <>
            <span className="phone-label">{words.loan} </span>
            {security.loan}
          </>
        )}
      </span>
      <span className="order-value right">
        <span className="phone-label">{words.value} </span>
        <Money amount={order.orderedValue} currency={order.currency} />
      </span>
    </Link>
  );
}
