import type { ReactNode } from "react";
import { hasWallet } from "../api/wallet.ts";
import { usePickableParties } from "../features/party/directory.ts";
import { PartyPicker } from "../features/party/party-picker.tsx";
import { WalletEntrance } from "../features/party/wallet-entrance.tsx";
import { useWords } from "../language/language.tsx";
import { goTo } from "../navigation/navigation.tsx";
import { useTitle } from "../navigation/title.ts";

/** The way in; `returnTo` is the page that was asked for without a party. Only a sandbox lets one pick a party. */
export function PartyPage({ returnTo }: { returnTo: string }): ReactNode {
  const words = useWords();
  const pickable = usePickableParties();
  useTitle(`${words.name} · ${words.motto}`);
  const isSandbox = pickable.problem?.status !== 404;
  const enter = (): void => {
    goTo(returnTo);
  };
  return (
    <div className="narrow">
      <div className="intro">
        <p className="motto">{words.motto}</p>
        <h1>{isSandbox ? words.pickTitle : words.enterTitle}</h1>
        <p>{isSandbox ? words.pickText : words.enterText}</p>
      </div>
      {isSandbox ? <PartyPicker pickable={pickable} onPicked={enter} /> : null}
      {isSandbox && !hasWallet() ? null : <WalletEntrance onEntered={enter} />}
    </div>
  );
}
