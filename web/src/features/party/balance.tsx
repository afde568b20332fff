import type { ReactNode } from "react";
import { answerOf, api } from "../../api/client.ts";
import { useResource } from "../../api/resource.ts";
import { Money } from "../../elements/figures.tsx";
import { useWords } from "../../language/language.tsx";

/** What a party has in its accounts; nothing while it is not known. */
export function Balance({ party }: { party: string }): ReactNode {
  const words = useWords();
  const { data } = useResource(`balance ${party}`, (signal) =>
    answerOf(api.GET("/api/v1/parties/{id}/balance", { params: { path: { id: party } }, signal })),
  );
  if (data === undefined) return null;
  return (
    <span className="balance">
      <span className="unseen">{words.balance}: </span>
      {data.balances.map(({ account, token, currency, amount }) => (
        <Money key={`${account} ${token}`} amount={amount} currency={currency} />
      ))}
    </span>
  );
}
