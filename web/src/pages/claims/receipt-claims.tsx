import type { ReactNode } from "react";
import { ReceiptRows } from "../../features/warehouse/receipt-rows.tsx";
import { useReceiptsOf } from "../../features/warehouse/receipts.ts";
import { useWords } from "../../language/language.tsx";
import { ClaimsLayout } from "./claims-layout.tsx";

interface ReceiptClaimsProps {
  warehouse: string;
  params: URLSearchParams;
  tabs: ReactNode;
}

/** The goods that a warehouse has taken in. */
export function ReceiptClaims({ warehouse, params, tabs }: ReceiptClaimsProps): ReactNode {
  const words = useWords();
  return (
    <ClaimsLayout
      title={words.receipts}
      tabs={tabs}
      page={useReceiptsOf(warehouse, params.get("after") ?? "")}
      params={params}
      empty={{ title: words.receiptsEmpty, text: words.receiptsEmptyText }}
    >
      {(receipts) => <ReceiptRows receipts={receipts} />}
    </ClaimsLayout>
  );
}
