import { useEffect, useState, type ReactNode } from "react";
import { signInAs } from "../../api/client.ts";
import { asProblem, type Problem } from "../../api/problem.ts";
import type { Resource } from "../../api/resource.ts";
import { operator } from "../../api/session.ts";
import type { PickableParty } from "../../api/shapes.ts";
import { EmptyNotice, Loading, ProblemNotice } from "../../elements/notice.tsx";
import { useWords } from "../../language/language.tsx";
import { wordFor } from "../../language/words.ts";
import "./party.css";

/** The order in which roles meet a claim. */
const order = ["cooperative", "buyer", "warehouse", "lender", "arbiter"];

const lookAgain = 5_000;

/** Every party once, with the first of its roles. */
function groupsOf(parties: PickableParty[]): [role: string, parties: PickableParty[]][] {
  const first = ({ roles }: PickableParty): string =>
    order.find((role) => roles.some((has) => has === role)) ?? "";
  const groups = Map.groupBy(parties, first);
  return [...groups].sort(([a], [b]) => order.indexOf(a) - order.indexOf(b));
}

interface PartyPickerProps {
  pickable: Resource<PickableParty[]>;
  /** Follows once the server has agreed. */
  onPicked: () => void;
}

/** Signs in as the party that is picked. */
export function PartyPicker({ pickable, onPicked }: PartyPickerProps): ReactNode {
  const words = useWords();
  const { data: parties, problem, reload } = pickable;
  const [picked, setPicked] = useState<string>();
  const [refusal, setRefusal] = useState<Problem>();

  // Nobody tells of newcomers before one has signed in.
  useEffect(() => {
    const timer = window.setInterval(reload, lookAgain);
    return () => {
      window.clearInterval(timer);
    };
  }, [reload]);

  const pick = async (id: string): Promise<void> => {
    setPicked(id);
    setRefusal(undefined);
    try {
      await signInAs(id);
      onPicked();
    } catch (thrown) {
      setRefusal(asProblem(thrown));
    }
    setPicked(undefined);
  };
  const button = (id: string, name: string, role: string, note: string): ReactNode => (
    <button
      type="button"
      className="party"
      disabled={picked !== undefined}
      onClick={() => void pick(id)}
    >
      <span className={`party-mark party-${role}`} aria-hidden="true">
        {name.slice(0, 1)}
      </span>
      <span className="party-text">
        <strong>{name}</strong>
        <small>{picked === id ? words.signingIn : note}</small>
      </span>
    </button>
  );

  if (parties === undefined) {
    return problem === undefined ? (
      <Loading />
    ) : (
      <ProblemNotice problem={problem} onRetry={reload} />
    );
  }
  return (
    <>
      {refusal === undefined ? null : <ProblemNotice problem={refusal} />}
      {parties.length === 0 ? (
        <EmptyNotice title={words.pickEmpty} text={words.pickEmptyText} />
      ) : null}
      <div className="parties">
        {groupsOf(parties).map(([role, members]) => (
          <section key={role} className="party-group">
            <h2>{role === "" ? words.parties.others : wordFor(words.roles, role)}</h2>
            <ul>
              {members.map(({ id, name, roles }) => (
                <li key={id}>
                  {button(
                    id,
                    name,
                    role,
                    roles.length === 1
                      ? ""
                      : roles.map((each) => wordFor(words.roles, each)).join(", "),
                  )}
                </li>
              ))}
            </ul>
          </section>
        ))}
        <section className="party-group">
          <h2>{words.roles["operator"]}</h2>
          {button(operator, words.operator, operator, words.operatorText)}
        </section>
      </div>
    </>
  );
}
