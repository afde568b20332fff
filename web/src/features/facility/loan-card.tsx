import type { ReactNode } from "react";
import type { Loan } from "../../api/shapes.ts";
import { Card } from "../../elements/card.tsx";
import { Fact } from "../../elements/fact.tsx";
import { Day, Money } from "../../elements/figures.tsx";
import { daysBetween } from "../../format/time.ts";
import { useWords } from "../../language/language.tsx";
import { LoanBadge } from "./loan-badge.tsx";
import "./loan.css";

/** The debt on the claim, as of the day that the loan was computed for. */
export function LoanCard({ loan }: { loan: Loan | null }): ReactNode {
  const words = useWords();
  if (loan === null || loan.status === "None") {
    return (
      <Card title={words.loan}>
        <p className="quiet">{words.noLoan}</p>
      </Card>
    );
  }
  const { currency } = loan;
  const isOpen = loan.status !== "Repaid";
  return (
    <Card title={words.loan} aside={<LoanBadge status={loan.status} />}>
      <div className="loan-debt">
        <p>
          <span>{words.principal}</span>
          <strong>
            <Money amount={loan.principal} currency={currency} />
          </strong>
        </p>
        <p>
          <span>{words.interestDue}</span>
          <strong>
            <Money amount={loan.interestDue} currency={currency} />
          </strong>
        </p>
      </div>
      <dl className="facts">
        {loan.maturityDate === null ? null : (
          <Fact name={words.matures}>
            <Day at={loan.maturityDate} />
            {isOpen ? <Maturity loan={loan} day={loan.maturityDate} /> : null}
          </Fact>
        )}
        {isOpen && loan.writtenOffOn !== null ? (
          <Fact name={words.writtenOff}>
            <Day at={loan.writtenOffOn} />
          </Fact>
        ) : null}
        {loan.lenderName === null ? null : <Fact name={words.lender}>{loan.lenderName}</Fact>}
        {isOpen && loan.borrowingBase !== null ? (
          <Fact name={words.borrowingBase}>
            <Money amount={loan.borrowingBase} currency={currency} />
          </Fact>
        ) : null}
        {isOpen && loan.available !== null ? (
          <Fact name={words.available}>
            <Money amount={loan.available} currency={currency} />
          </Fact>
        ) : null}
      </dl>
    </Card>
  );
}

function Maturity({ loan, day }: { loan: Loan; day: string }): ReactNode {
  const words = useWords();
  const { daysPastDue } = loan;
  return daysPastDue > 0 ? (
    <small className="alarm">{words.daysPastDue(daysPastDue)}</small>
  ) : (
    <small className="quiet">{words.inDays(daysBetween(loan.asOf, day))}</small>
  );
}
