import type { ReactNode } from "react";
import type { Receipt } from "../../api/shapes.ts";
import { Badge } from "../../elements/badge.tsx";
import { Day, Quantity } from "../../elements/figures.tsx";
import { Joined } from "../../elements/joined.tsx";
import { isPositive } from "../../format/decimal.ts";
import { useWords } from "../../language/language.tsx";
import { Link } from "../../navigation/navigation.tsx";

/** Receipts, each the way to its claim. */
export function ReceiptRows({ receipts }: { receipts: Receipt[] }): ReactNode {
  const words = useWords();
  return (
    <ul className="rows">
      {receipts.map((receipt) => (
        <li key={receipt.id}>
          <Link to={`/claims/${receipt.id}`} className="row">
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
                {`${words.holder} ${receipt.holderName}`}
                {receipt.itemCode}
                {`${words.lot} ${receipt.lot}`}
                <Day at={receipt.issuedAt} />
              </Joined>
            </p>
          </Link>
        </li>
      ))}
    </ul>
  );
}
