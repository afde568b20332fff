import type { ReactNode } from "react";
import type { Loan } from "../../api/shapes.ts";
import { Day, Money } from "../../elements/figures.tsx";
import { Joined } from "../../elements/joined.tsx";
import { useWords } from "../../language/language.tsx";
import { Link } from "../../navigation/navigation.tsx";
import { LoanBadge } from "./loan-badge.tsx";
import { isEncumbering } from "./loans.ts";

/** Loans, each the way to the claim that secures it. */
export function LoanList({ loans }: { loans: Loan[] }): ReactNode {
  const words = useWords();
  return (
    <ul className="rows">
      {loans.map((loan) => (
        <li key={loan.root}>
          <Link to={`/claims/${loan.root}`} className="row">
            <div className="record-head">
              <strong>{loan.number}</strong>
              <span className="quiet">{words.line(loan.line)}</span>
              <LoanBadge status={loan.status} />
              <span className="record-figure">
                <Money amount={loan.principal} currency={loan.currency} />
              </span>
            </div>
            <p className="record-note">
              <Joined>
                {loan.borrowerName}
                {isEncumbering(loan) ? (
                  <>
                    {words.interestDue} <Money amount={loan.interestDue} currency={loan.currency} />
                  </>
                ) : null}
                {loan.maturityDate === null ? null : (
                  <>
                    {words.matures} <Day at={loan.maturityDate} />
                  </>
                )}
                {loan.daysPastDue > 0 ? (
                  <span className="alarm">{words.daysPastDue(loan.daysPastDue)}</span>
                ) : null}
              </Joined>
            </p>
          </Link>
        </li>
      ))}
    </ul>
  );
}
