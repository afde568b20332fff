import { useEffect, useState, type ReactNode } from "react";
import { asProblem, type Problem } from "../../api/problem.ts";
import type { Command } from "../../api/shapes.ts";
import { Card } from "../../elements/card.tsx";
import { Day, Money } from "../../elements/figures.tsx";
import { ProblemNotice } from "../../elements/notice.tsx";
import { useWords } from "../../language/language.tsx";
import { wordFor } from "../../language/words.ts";
import { approve, mayApprove, reject, useWaiting } from "./commands.ts";
import "./waiting-commands.css";

/** Nothing is on the ledger yet that could tell of it. */
const lookAgain = 10_000;
/** As many values as are shown without being asked for. */
const shortList = 4;

/** What waits for a person of the organisation, or for its key; nothing where nothing does. */
export function WaitingCommands(): ReactNode {
  const words = useWords();
  const { data, reload } = useWaiting();
  const [refusal, setRefusal] = useState<Problem>();
  const [asked, setAsked] = useState<string>();

  useEffect(() => {
    const timer = window.setInterval(reload, lookAgain);
    return () => {
      window.clearInterval(timer);
    };
  }, [reload]);

  const say = async (word: (id: string) => Promise<void>, id: string): Promise<void> => {
    setAsked(id);
    setRefusal(undefined);
    try {
      await word(id);
    } catch (thrown) {
      setRefusal(asProblem(thrown));
    }
    reload();
    setAsked(undefined);
  };
  const button = (label: string, word: (id: string) => Promise<void>, id: string): ReactNode => (
    <button
      type="button"
      className="button"
      disabled={asked !== undefined}
      onClick={() => void say(word, id)}
    >
      {label}
    </button>
  );

  if (data === undefined) return null;
  const { me, proposed, unsigned } = data;
  if (proposed.length + unsigned.length === 0 && refusal === undefined) return null;
  return (
    <Card title={words.waitingTitle} className="waiting">
      {refusal === undefined ? null : <ProblemNotice problem={refusal} />}
      <ul>
        {proposed.map((command) => (
          <li key={command.id} className="waiting-command">
            <Stake command={command} />
            {mayApprove(me, command) ? (
              <span className="waiting-words">
                {button(words.approve, approve, command.id)}
                {button(words.reject, reject, command.id)}
              </span>
            ) : (
              <small>{words.waitingForAnother}</small>
            )}
          </li>
        ))}
      </ul>
      {unsigned.length === 0 ? null : (
        <p className="waiting-unsigned">
          {words.waitingForKey(unsigned.length)}{" "}
          <a href="/api/docs" rel="noreferrer">
            {words.howToSign}
          </a>
        </p>
      )}
    </Card>
  );
}

function Stake({ command }: { command: Command }): ReactNode {
  const words = useWords();
  const { worth, method, args, madeBy, createdAt } = command;
  const given = flat(args);
  return (
    <span className="waiting-stake">
      <strong>{worth === null ? method : wordFor(words.actKinds, worth.kind)}</strong>
      {worth?.amounts.map(({ amount, currency }) => (
        <Money key={currency} amount={amount} currency={currency} />
      ))}
      <small>
        <Day at={createdAt} withClock /> {madeBy}
      </small>
      <details open={given.length <= shortList} className="waiting-given">
        <summary>{words.exactly}</summary>
        <dl>
          {given.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </details>
    </span>
  );
}

/** What the contract is given, by the API's own words: nobody approves what is not shown. */
function flat(value: unknown, name = ""): [name: string, value: string][] {
  if (typeof value !== "object" || value === null) return [[name, String(value)]];
  return Object.entries(value).flatMap(([key, inner]) =>
    flat(inner, name === "" ? key : `${name}.${key}`),
  );
}
