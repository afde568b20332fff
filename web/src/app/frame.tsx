import type { ReactNode } from "react";
import { useConnection } from "../api/changes.ts";
import { signOut } from "../api/client.ts";
import { operator, useSession } from "../api/session.ts";
import { Balance } from "../features/party/balance.tsx";
import { useParty } from "../features/party/directory.ts";
import { SandboxCalendar } from "../features/sandbox/calendar.tsx";
import { useLanguage } from "../language/language.tsx";
import { wordFor } from "../language/words.ts";
import { goTo, Link } from "../navigation/navigation.tsx";

interface FrameProps {
  party: string | null;
  now: string | undefined;
  children: ReactNode;
}

/** What stands around every page: the name, the day, the party and the language. */
export function Frame({ party, now, children }: FrameProps): ReactNode {
  const { language, words, switchLanguage } = useLanguage();
  return (
    <>
      <a className="skip" href="#content">
        {words.skip}
      </a>
      <header className="top">
        <div className="top-row">
          <Link to={party === null ? "/" : "/claims"} className="brand">
            <img src="/sheaf.svg" alt="" width="32" height="32" />
            {words.name}
          </Link>
          <span className="top-space" />
          {now === undefined || party === null ? null : <SandboxCalendar now={now} />}
          <button
            type="button"
            className="top-button"
            lang={language === "zh" ? "en" : "zh-CN"}
            onClick={switchLanguage}
          >
            {words.switchLanguage}
          </button>
        </div>
        {party === null ? null : (
          <div className="top-band">
            <Signed party={party} />
          </div>
        )}
      </header>
      <main id="content" className="content" tabIndex={-1}>
        {children}
      </main>
    </>
  );
}

function Signed({ party }: { party: string }): ReactNode {
  const { words } = useLanguage();
  const { data } = useParty(party);
  const connection = useConnection();
  const session = useSession();
  return (
    <div className="top-row signed">
      <span className="signed-party">
        <strong>{party === operator ? words.operator : (data?.name ?? words.none)}</strong>
        <small>{data?.roles.map((role) => wordFor(words.roles, role)).join(", ")}</small>
      </span>
      {party === operator ? null : <Balance party={party} />}
      <span className="top-space" />
      <span className={`connection connection-${connection}`} role="status">
        {connection === "live" ? words.live : words.waiting}
      </span>
      {session?.refreshToken === undefined ? (
        <Link to="/" className="top-link">
          {words.changeParty}
        </Link>
      ) : (
        <button
          type="button"
          className="top-link"
          onClick={() => {
            void signOut();
            goTo("/");
          }}
        >
          {words.signOut}
        </button>
      )}
    </div>
  );
}
