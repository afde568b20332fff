import type { ReactNode } from "react";
import type { Receipt } from "../../api/shapes.ts";
import { Badge } from "../../elements/badge.tsx";
import { Card } from "../../elements/card.tsx";
import { Joined } from "../../elements/joined.tsx";
import { Day, Quantity } from "../../elements/figures.tsx";
import { isPositive } from "../../format/decimal.ts";
import { useWords } from "../../language/language.tsx";
import { ReceiptLot } from "./receipt-lot.tsx";

/** The goods in store for a claim, one line for each weighing. */
export function ReceiptList({ receipts }: { receipts: Receipt[] }): ReactNode {
  const words = useWords();
  if (receipts.length === 0) return null;
  return (
    <Card title={words.receipts}>
      <ul className="records">
        {receipts.map((receipt) => (
          <li key={receipt.id} className="record">
            <div className="record-head">
              <strong>{receipt.ticket}</strong>
              {isPositive(receipt.quantity) ? (
                <Badge tone="busy">{words.inStore}</Badge>
              ) : (
                <Badge>{words.emptied}</Badge>
              )}
              <span className="record-figure">
                <Quantity quantity={receipt.quantity} unit={receipt.unit} />
              </span>
            </div>
            <p className="record-note">
              <Joined>
                {receipt.warehouseName}
                <Day at={receipt.issuedAt} />
                <>
                  {words.weighed} <Quantity quantity={receipt.weighed} unit={receipt.unit} />
                </>
                {isPositive(receipt.lost) ? (
                  <>
                    {words.lost} <Quantity quantity={receipt.lost} unit={receipt.unit} />
                  </>
                ) : null}
                {receipt.lot === "" ? null : `${words.lot} ${receipt.lot}`}
              </Joined>
            </p>
            <ReceiptLot receipt={receipt} />
          </li>
        ))}
      </ul>
    </Card>
  );
}
