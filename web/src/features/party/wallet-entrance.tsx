import { useState, type ReactNode } from "react";
import { asProblem, type Problem } from "../../api/problem.ts";
import {
  hasWallet,
  signInBy,
  signMessage,
  walletRefused,
  type SignedMessage,
} from "../../api/wallet.ts";
import { Card } from "../../elements/card.tsx";
import { EmptyNotice, ProblemNotice } from "../../elements/notice.tsx";
import { useWords } from "../../language/language.tsx";
import "./party.css";

/** An account that speaks for several organisations: which one is asked, with what it has signed. */
interface Choice {
  readonly signed: SignedMessage;
  readonly parties: readonly string[];
}

/** Signs in with the browser's wallet; `onEntered` follows once the server has agreed. */
export function WalletEntrance({ onEntered }: { onEntered: () => void }): ReactNode {
  const words = useWords();
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Problem>();
  const [choice, setChoice] = useState<Choice>();

  const enter = async (party?: string): Promise<void> => {
    setBusy(true);
    setRefusal(undefined);
    try {
      const signed = choice?.signed ?? (await signMessage());
      const several = await signedIn(signed, party);
      if (several === undefined) onEntered();
      else setChoice({ signed, parties: several });
    } catch (thrown) {
      setChoice(undefined);
      setRefusal(asProblem(thrown));
    }
    setBusy(false);
  };

  if (!hasWallet()) return <EmptyNotice title={words.noWallet} text={words.noWalletText} />;
  return (
    <Card title={words.walletTitle} className="entrance">
      <p>{choice === undefined ? words.walletText : words.walletSeveral}</p>
      {refusal === undefined ? null : <Refusal problem={refusal} />}
      {choice === undefined ? (
        <button
          type="button"
          className="button button-main"
          disabled={isBusy}
          onClick={() => void enter()}
        >
          {isBusy ? words.walletAsked : words.walletSignIn}
        </button>
      ) : (
        <ul className="entrance-parties">
          {choice.parties.map((party) => (
            <li key={party}>
              <button
                type="button"
                className="button"
                disabled={isBusy}
                onClick={() => void enter(party)}
              >
                {party === "operator" ? words.operator : party}
              </button>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

/** The organisations to choose from, where there are several; else one is signed in. */
async function signedIn(
  signed: SignedMessage,
  party: string | undefined,
): Promise<readonly string[] | undefined> {
  try {
    await signInBy(signed, party);
    return undefined;
  } catch (thrown) {
    const { code, values } = asProblem(thrown);
    const parties = values["parties"];
    if (code !== "SeveralParties" || !Array.isArray(parties)) throw thrown;
    return parties.map(String);
  }
}

function Refusal({ problem }: { problem: Problem }): ReactNode {
  const words = useWords();
  if (problem.code !== walletRefused) return <ProblemNotice problem={problem} />;
  return (
    <div className="notice notice-bad" role="alert">
      <strong>{words.walletRefused}</strong>
    </div>
  );
}
