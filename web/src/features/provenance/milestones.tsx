import type { ReactNode } from "react";
import { Card } from "../../elements/card.tsx";
import { Day, Money, Quantity } from "../../elements/figures.tsx";
import { useWords } from "../../language/language.tsx";
import { milestonesOf, type ClaimSoFar } from "./life.ts";
import "./milestones.css";

/** The life of a claim at a glance: how far it has come, and with how much. */
export function Milestones({ claim }: { claim: ClaimSoFar }): ReactNode {
  const words = useWords();
  const { unit, currency } = claim.order;
  const milestones = milestonesOf(claim);
  return (
    <Card title={words.life} className="milestones-card">
      <ol className="milestones">
        {milestones.map(({ name, at, quantity, amount, isDone }, index) => (
          <li
            key={name}
            className={
              isDone
                ? "is-done"
                : at !== undefined
                  ? "is-begun"
                  : milestones.slice(index).some((later) => later.at !== undefined)
                    ? "is-passed"
                    : ""
            }
          >
            <span className="milestone-name">{words.milestones[name]}</span>
            <span className="milestone-figure">
              {at === undefined ? (
                words.none
              ) : (
                <>
                  {quantity === undefined ? null : <Quantity quantity={quantity} unit={unit} />}
                  {amount === undefined ? null : <Money amount={amount} currency={currency} />}
                </>
              )}
            </span>
            <span className="milestone-day">{at === undefined ? null : <Day at={at} />}</span>
          </li>
        ))}
      </ol>
    </Card>
  );
}
