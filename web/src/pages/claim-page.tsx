import type { ReactNode } from "react";
import { answerOf, api } from "../api/client.ts";
import { useResource } from "../api/resource.ts";
import type { Lineage } from "../api/shapes.ts";
import { Loading, ProblemNotice } from "../elements/notice.tsx";
import { LoanCard } from "../features/facility/loan-card.tsx";
import { LienBadge } from "../features/lien/lien-badge.tsx";
import { LienCard } from "../features/lien/lien-card.tsx";
import { DeliveryList } from "../features/order/delivery-list.tsx";
import { GoodsCard } from "../features/order/goods-card.tsx";
import { OrderHead } from "../features/order/order-head.tsx";
import { isToldOfMoney } from "../features/provenance/life.ts";
import { Milestones } from "../features/provenance/milestones.tsx";
import { subjectsOf } from "../features/provenance/subjects.ts";
import { Timeline } from "../features/provenance/timeline.tsx";
import { ReceivableList } from "../features/receivable/receivable-list.tsx";
import { ReceiptList } from "../features/warehouse/receipt-list.tsx";
import { GoodsTraceCard } from "../features/trace/goods-trace-card.tsx";
import { sum } from "../format/decimal.ts";
import { useWords } from "../language/language.tsx";
import { Link } from "../navigation/navigation.tsx";
import { useTitle } from "../navigation/title.ts";

/** One claim, from order to cash. */
export function ClaimPage({ party, id }: { party: string; id: string }): ReactNode {
  const words = useWords();
  const { data, problem, reload } = useResource(`claim ${party} ${id}`, (signal) =>
    answerOf(api.GET("/api/v1/provenance/claims/{id}", { params: { path: { id } }, signal })),
  );
  useTitle(`${data?.order?.number ?? words.claims} · ${words.name}`);
  return (
    <>
      <p className="back">
        <Link to="/claims">
          <span aria-hidden="true">← </span>
          {words.backToClaims}
        </Link>
      </p>
      {problem === undefined ? null : <ProblemNotice problem={problem} onRetry={reload} />}
      {data === undefined ? (
        problem === undefined ? (
          <Loading lines={8} />
        ) : null
      ) : (
        <ClaimLife lineage={data} />
      )}
    </>
  );
}

function ClaimLife({ lineage }: { lineage: Lineage }): ReactNode {
  const words = useWords();
  const { order, receipts, deliveries, receivables, loan, lien, events, goods } = lineage;
  const [receipt] = receipts;
  const unit = order?.unit ?? receipt?.unit ?? "";
  const claim = order === null ? null : { order, receipts, deliveries, receivables, events };
  const isFinanced = loan !== null || events.some(({ kind }) => kind === "LienPlaced");
  return (
    <>
      {claim === null ? (
        <h1 className="receipt-title">{words.receipt(receipt?.ticket ?? "")}</h1>
      ) : (
        <>
          <OrderHead order={claim.order} badges={<LienBadge isEncumbered={lien.encumbered} />} />
          <Milestones claim={claim} />
        </>
      )}
      <div className="claim">
        <div className="claim-standing">
          {claim === null || (isFinanced && loan === null) ? null : <LoanCard loan={loan} />}
          <LienCard lien={lien} />
          <GoodsTraceCard trace={goods} />
          {claim === null ? null : (
            <GoodsCard
              order={claim.order}
              owed={
                isToldOfMoney(claim)
                  ? sum(["0.00", ...receivables.map(({ outstanding }) => outstanding)])
                  : undefined
              }
            />
          )}
        </div>
        <div className="claim-life">
          <Timeline events={events} subjectOf={subjectsOf(receipts, receivables, words)} />
        </div>
        <div className="claim-records">
          <ReceivableList receivables={receivables} />
          <DeliveryList
            deliveries={deliveries}
            unit={unit}
            ticketOf={(id) => receipts.find((one) => one.id === id)?.ticket}
          />
          <ReceiptList receipts={receipts} />
        </div>
      </div>
    </>
  );
}
