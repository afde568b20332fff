import type { ReactNode } from "react";
import { PartyPicker } from "../features/party/party-picker.tsx";
import { useWords } from "../language/language.tsx";
import { goTo } from "../navigation/navigation.tsx";
import { useTitle } from "../navigation/title.ts";

/** The way in; `returnTo` is the page that was asked for without a party. */
export function PartyPage({ returnTo }: { returnTo: string }): ReactNode {
  const words = useWords();
  useTitle(`${words.name} · ${words.motto}`);
  return (
    <div className="narrow">
      <div className="intro">
        <p className="motto">{words.motto}</p>
        <h1>{words.pickTitle}</h1>
        <p>{words.pickText}</p>
      </div>
      <PartyPicker
        onPicked={() => {
          goTo(returnTo);
        }}
      />
    </div>
  );
}
