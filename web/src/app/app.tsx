import { useEffect, useRef, type ReactNode } from "react";
import { follow } from "../api/changes.ts";
import { useSession } from "../api/session.ts";
import { EmptyNotice } from "../elements/notice.tsx";
import { useCalendar } from "../features/sandbox/calendar.tsx";
import { useWords } from "../language/language.tsx";
import { Link, useAddress } from "../navigation/navigation.tsx";
import { ClaimPage } from "../pages/claim-page.tsx";
import { ClaimsPage } from "../pages/claims/claims-page.tsx";
import { PartyPage } from "../pages/party-page.tsx";
import { FaultBoundary } from "./fault-boundary.tsx";
import { Frame } from "./frame.tsx";

export function App(): ReactNode {
  const words = useWords();
  const session = useSession();
  const address = useAddress();
  const party = session?.party ?? null;
  const { data: calendar } = useCalendar();

  useEffect(() => (party === null ? undefined : follow()), [party]);
  useFocusOnArrival(address.pathname);

  return (
    <Frame party={party} now={calendar?.now}>
      <FaultBoundary key={address.pathname} title={words.pageFault}>
        <Page address={address} party={party} />
      </FaultBoundary>
    </Frame>
  );
}

/** After a step within the page, keyboard and screen reader go on where the new content begins. */
function useFocusOnArrival(path: string): void {
  const before = useRef(path);
  useEffect(() => {
    if (before.current === path) return;
    before.current = path;
    document.getElementById("content")?.focus({ preventScroll: true });
  }, [path]);
}

function Page({ address, party }: { address: URL; party: string | null }): ReactNode {
  const words = useWords();
  const path = address.pathname.replace(/\/+$/, "");
  const [, id] = /^\/claims\/([^/]+)$/.exec(path) ?? [];

  if (path === "") return <PartyPage returnTo="/claims" />;
  if (path !== "/claims" && id === undefined) {
    return (
      <EmptyNotice title={words.notFound}>
        <Link to="/" className="button">
          {words.pickTitle}
        </Link>
      </EmptyNotice>
    );
  }
  if (party === null) return <PartyPage returnTo={`${address.pathname}${address.search}`} />;
  if (id === undefined) return <ClaimsPage party={party} params={address.searchParams} />;
  return <ClaimPage party={party} id={id} />;
}
