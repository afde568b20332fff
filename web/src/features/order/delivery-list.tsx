import type { ReactNode } from "react";
import type { Delivery } from "../../api/shapes.ts";
import { Badge, type Tone } from "../../elements/badge.tsx";
import { Card } from "../../elements/card.tsx";
import { Joined } from "../../elements/joined.tsx";
import { Day, Quantity } from "../../elements/figures.tsx";
import { isPositive } from "../../format/decimal.ts";
import { useWords } from "../../language/language.tsx";
import { wordFor } from "../../language/words.ts";

const tones: Record<string, Tone> = { Open: "busy", Accepted: "good" };

interface DeliveryListProps {
  deliveries: Delivery[];
  unit: string;
  /** The ticket of a receipt, as people call it. */
  ticketOf: (receipt: string) => string | undefined;
}

export function DeliveryList({ deliveries, unit, ticketOf }: DeliveryListProps): ReactNode {
  const words = useWords();
  if (deliveries.length === 0) return null;
  return (
    <Card title={words.deliveries}>
      <ul className="records">
        {deliveries.map((delivery) => (
          <li key={delivery.number} className="record">
            <div className="record-head">
              <strong>{words.delivery(delivery.number)}</strong>
              <Badge tone={tones[delivery.status] ?? "plain"}>
                {wordFor(words.deliveryStatus, delivery.status)}
              </Badge>
              <span className="record-figure">
                <Quantity quantity={delivery.quantity} unit={unit} />
              </span>
            </div>
            <p className="record-note">
              <Joined>
                <Day at={delivery.despatchedAt} />
                {delivery.receipt === null
                  ? words.fromField
                  : words.receipt(ticketOf(delivery.receipt) ?? words.none)}
                {delivery.status === "Open" ? (
                  <>
                    {words.arrives} <Day at={delivery.arrivesBy} withClock />
                  </>
                ) : null}
                {delivery.status === "Accepted" && isPositive(delivery.rejected) ? (
                  <>
                    {words.notTaken} <Quantity quantity={delivery.rejected} unit={unit} />
                  </>
                ) : null}
                {delivery.deemed ? words.deemed : null}
              </Joined>
            </p>
          </li>
        ))}
      </ul>
    </Card>
  );
}
