import { useState, type ReactNode } from "react";
import type { LedgerEvent } from "../../api/shapes.ts";
import { Bar } from "../../elements/bar.tsx";
import { Card } from "../../elements/card.tsx";
import { Day, Money, Quantity } from "../../elements/figures.tsx";
import { isPositive } from "../../format/decimal.ts";
import { daysBetween } from "../../format/time.ts";
import { useWords } from "../../language/language.tsx";
import { actsOf, type Act } from "./acts.ts";
import type { SubjectOf } from "./subjects.ts";
import "./timeline.css";

interface TimelineProps {
  events: LedgerEvent[];
  subjectOf: SubjectOf;
}

const place = "sheaf.timeline";

/** Everything that has happened to a claim, one entry for each transaction. */
export function Timeline({ events, subjectOf }: TimelineProps): ReactNode {
  const words = useWords();
  const [isOldestFirst, setOldestFirst] = useState(localStorage.getItem(place) === "oldest");
  const acts = actsOf(events);
  const shown = isOldestFirst ? acts : acts.toReversed();

  const turn = (order: string): void => {
    localStorage.setItem(place, order);
    setOldestFirst(order === "oldest");
  };
  return (
    <Card
      title={words.timeline}
      className="timeline-card"
      aside={
        <select
          className="timeline-order"
          aria-label={words.timelineOrder}
          value={isOldestFirst ? "oldest" : "newest"}
          onChange={(event) => {
            turn(event.target.value);
          }}
        >
          <option value="newest">{words.newestFirst}</option>
          <option value="oldest">{words.oldestFirst}</option>
        </select>
      }
    >
      {shown.length === 0 ? <p className="quiet">{words.timelineEmpty}</p> : null}
      <ol className="timeline" reversed={!isOldestFirst}>
        {shown.map((act, index) => {
          const before = shown[index - 1];
          const days =
            before === undefined ? 0 : Math.abs(daysBetween(before.main.at, act.main.at));
          return (
            <li key={act.transaction} className={`act act-${familyOf(act.main.kind)}`}>
              {days > 0 ? <span className="act-gap">{words.daysPass(days)}</span> : null}
              <ActEntry act={act} subjectOf={subjectOf} />
            </li>
          );
        })}
      </ol>
    </Card>
  );
}

function ActEntry({
  act: { main, consequences, transaction },
  subjectOf,
}: {
  act: Act;
  subjectOf: SubjectOf;
}): ReactNode {
  const words = useWords();
  return (
    <article className="act-body">
      <div className="act-head">
        <h3>
          <Title event={main} subject={subjectOf(main)} />
        </h3>
        <p className="act-figures">
          <Figures event={main} />
        </p>
      </div>
      <Applied event={main} />
      <Split event={main} />
      {consequences.length === 0 ? null : (
        <ul className="act-more">
          {consequences.map((event) => (
            <li key={`${event.kind} ${JSON.stringify(event.details)}`}>
              <span>
                <Title event={event} subject={subjectOf(event)} />
                <Applied event={event} />
              </span>
              <span>
                <Figures event={event} />
              </span>
            </li>
          ))}
        </ul>
      )}
      <p className="act-note">
        <Day at={main.at} withClock />
        {main.by === null ? null : <span>{main.by.name}</span>}
        <details className="act-record">
          <summary>{words.record}</summary>
          <span>
            {words.block(main.block)} <code>{transaction}</code>
          </span>
        </details>
      </p>
    </article>
  );
}

/** The root of a payment on a receivable that was sold: it has left its order, and its holder the cooperative. */
const noRoot = `0x${"0".repeat(64)}`;

/** Who a payment went to: the lender first, then the cooperative, or whoever holds the receivable. */
function Split({ event }: { event: LedgerEvent }): ReactNode {
  const words = useWords();
  const { amount } = event;
  const currency = event.currency ?? "";
  const toLender = textOf(event, "toLender");
  const toHolder = textOf(event, "toHolder");
  if (typeof amount !== "string" || toLender === undefined || toHolder === undefined) return null;
  const isSold = textOf(event, "root") === noRoot;
  return (
    <div className="split">
      <Bar
        whole={amount}
        parts={[
          { name: "lender", amount: toLender },
          { name: "holder", amount: toHolder },
        ]}
      />
      <p>
        <span className="split-lender">
          {words.toLender} <Money amount={toLender} currency={currency} />
        </span>
        <span className="split-holder">
          {isSold ? words.toNewHolder : words.toHolder}{" "}
          <Money amount={toHolder} currency={currency} />
        </span>
      </p>
    </div>
  );
}

function Figures({ event }: { event: LedgerEvent }): ReactNode {
  const { quantity, unit, amount, currency } = event;
  return (
    <>
      {typeof quantity === "string" ? <Quantity quantity={quantity} unit={unit ?? ""} /> : null}
      {typeof amount === "string" ? <Money amount={amount} currency={currency ?? ""} /> : null}
    </>
  );
}

function textOf(event: LedgerEvent, name: string): string | undefined {
  const value = event.details[name];
  return typeof value === "string" ? value : undefined;
}

/** The trade has another word for it where one of these is so. */
function variantOf({ kind, details }: LedgerEvent): string {
  const flag = ["collected", "deemed"].find((name) => details[name] === true);
  return flag === undefined ? kind : `${kind} ${flag}`;
}

function Title({ event, subject }: { event: LedgerEvent; subject: string }): ReactNode {
  const words = useWords();
  return (
    <>
      {words.events[variantOf(event)] ?? words.events[event.kind] ?? event.title}{" "}
      <span className="act-subject">{subject}</span>
    </>
  );
}

/** How much of what a loan was paid was interest. */
function Applied({ event }: { event: LedgerEvent }): ReactNode {
  const words = useWords();
  const interest = textOf(event, "interest");
  if (interest === undefined || !isPositive(interest)) return null;
  return (
    <small className="act-subject">
      {words.ofWhichInterest} <Money amount={interest} currency={event.currency ?? ""} />
    </small>
  );
}

/** Which colour an act wears: that of the loan, the goods, the money or an alarm. */
const families: Record<string, string> = {
  DrawnDown: "loan",
  Repaid: "loan",
  LoanSettled: "loan",
  ReceiptIssued: "goods",
  ReceiptSplit: "goods",
  ReceiptMerged: "goods",
  Earmarked: "goods",
  Unearmarked: "goods",
  Endorsed: "goods",
  Withdrawn: "goods",
  Despatched: "goods",
  Recalled: "goods",
  DeliveryAccepted: "goods",
  DeliveryReturned: "goods",
  ReceivablePaid: "paid",
  ReceivableAssigned: "paid",
  ReceivableOverdue: "alarm",
  HolderCouldNotReceive: "alarm",
  LoanDefaulted: "alarm",
  LoanWrittenOff: "alarm",
  Contested: "alarm",
  OrderLapsed: "alarm",
  OrderCancelled: "alarm",
  Shrunk: "alarm",
};

function familyOf(kind: string): string {
  return families[kind] ?? "plain";
}
