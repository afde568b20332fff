import type { ReactNode } from "react";
import { LoanList } from "../../features/facility/loan-list.tsx";
import { useLoansOf } from "../../features/facility/loans.ts";
import { useWords } from "../../language/language.tsx";
import { ClaimsLayout } from "./claims-layout.tsx";

interface LoanClaimsProps {
  lender: string;
  params: URLSearchParams;
  tabs: ReactNode;
}

/** The claims that a lender has lent on. */
export function LoanClaims({ lender, params, tabs }: LoanClaimsProps): ReactNode {
  const words = useWords();
  return (
    <ClaimsLayout
      title={words.loans}
      tabs={tabs}
      page={useLoansOf(lender, params.get("after") ?? "")}
      params={params}
      empty={{ title: words.loansEmpty, text: words.loansEmptyText }}
    >
      {(loans) => <LoanList loans={loans} />}
    </ClaimsLayout>
  );
}
