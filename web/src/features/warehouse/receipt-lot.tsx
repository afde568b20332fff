import { useState, type ReactNode } from "react";
import { answerOf, api } from "../../api/client.ts";
import { asProblem, type Problem } from "../../api/problem.ts";
import { useResource } from "../../api/resource.ts";
import type { Receipt, Standing } from "../../api/shapes.ts";
import { Badge } from "../../elements/badge.tsx";
import { Fact } from "../../elements/fact.tsx";
import { Day } from "../../elements/figures.tsx";
import { Loading, ProblemNotice } from "../../elements/notice.tsx";
import { useWords } from "../../language/language.tsx";
import { keepLabel, labelForms } from "./labels.ts";
import "./receipt-lot.css";

/** Behind a receipt: its label and its lot's page; whose it is, whether it is pledged, and how to see for oneself. */
export function ReceiptLot({ receipt }: { receipt: Receipt }): ReactNode {
  const words = useWords();
  const [isOpen, setOpen] = useState(false);
  const { id } = receipt;
  const { data, problem, reload } = useResource(isOpen ? `standing ${id}` : null, (signal) =>
    answerOf(api.GET("/api/v1/receipts/{id}/standing", { params: { path: { id } }, signal })),
  );
  return (
    <details
      className="receipt-lot"
      onToggle={(event) => {
        setOpen(event.currentTarget.open);
      }}
    >
      <summary>{words.lotAndLabel}</summary>
      {problem === undefined ? null : <ProblemNotice problem={problem} onRetry={reload} />}
      {data !== undefined ? (
        <StandingFacts standing={data} />
      ) : isOpen && problem === undefined ? (
        <Loading lines={3} />
      ) : null}
    </details>
  );
}

function StandingFacts({ standing }: { standing: Standing }): ReactNode {
  const words = useWords();
  const [fault, setFault] = useState<Problem>();
  const { receipt, lien, page, flags, anchored, chainId, checks } = standing;
  return (
    <>
      {page === null ? (
        <p className="quiet">{words.noLot}</p>
      ) : (
        <p className="receipt-lot-links">
          <a href={page}>{words.lotPage}</a>
          {labelForms.map((form) => (
            <button
              key={form}
              type="button"
              className="button"
              onClick={() => {
                setFault(undefined);
                keepLabel(receipt, form).catch((thrown: unknown) => {
                  setFault(asProblem(thrown));
                });
              }}
            >
              {words.labelAs(form.toUpperCase())}
            </button>
          ))}
        </p>
      )}
      {fault === undefined ? null : <ProblemNotice problem={fault} />}
      {flags.length === 0 ? null : (
        <p className="alarm" role="alert">
          {words.lotFlagged(flags.map(({ code }) => words.lotFlags[code] ?? code).join(" "))}
        </p>
      )}
      <dl className="facts">
        <Fact name={words.holder}>{receipt.holderName}</Fact>
        <Fact name={words.lien}>
          {lien.encumbered ? words.underLien : words.free}
          {lien.encumbered ? ` · ${lien.byName ?? lien.by ?? words.none}` : null}
        </Fact>
        {lien.since === null ? null : (
          <Fact name={words.since}>
            <Day at={lien.since} withClock />
          </Fact>
        )}
        {page === null ? null : (
          <Fact name={words.lotRecord}>
            {anchored ? (
              <Badge tone="good">{words.anchored}</Badge>
            ) : (
              <Badge>{words.notAnchored}</Badge>
            )}
          </Fact>
        )}
      </dl>
      <h3>{words.seeYourself}</h3>
      <p className="quiet">{words.seeYourselfText(chainId, lien.block)}</p>
      <ul className="receipt-lot-checks">
        {checks.map(({ signature, request }) => (
          <li key={signature}>
            <p>
              <code>{signature}</code>
            </p>
            <pre tabIndex={0}>{JSON.stringify(request)}</pre>
          </li>
        ))}
      </ul>
    </>
  );
}
