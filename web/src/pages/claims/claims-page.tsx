import type { ReactNode } from "react";
import { operator } from "../../api/session.ts";
import type { Party } from "../../api/shapes.ts";
import { Loading, ProblemNotice } from "../../elements/notice.tsx";
import { WaitingCommands } from "../../features/command/waiting-commands.tsx";
import { useParty } from "../../features/party/directory.ts";
import { useWords } from "../../language/language.tsx";
import { Link } from "../../navigation/navigation.tsx";
import { useTitle } from "../../navigation/title.ts";
import { LoanClaims } from "./loan-claims.tsx";
import { OrderClaims } from "./order-claims.tsx";
import { ReceiptClaims } from "./receipt-claims.tsx";

const forms = ["orders", "loans", "receipts"] as const;
type Form = (typeof forms)[number];

/** The forms in which a party meets claims: orders first, whoever it is. */
function formsOf(roles: Party["roles"]): Form[] {
  return forms.filter(
    (form) =>
      form === "orders" ||
      (form === "loans" && roles.includes("lender")) ||
      (form === "receipts" && roles.includes("warehouse")),
  );
}

/** The claims of a party: its orders, as a lender its loans too, as a warehouse its receipts. */
export function ClaimsPage({
  party,
  params,
}: {
  party: string;
  params: URLSearchParams;
}): ReactNode {
  const words = useWords();
  useTitle(`${words.claims} · ${words.name}`);
  const { data, problem, reload } = useParty(party);
  if (data === undefined && party !== operator) {
    return problem === undefined ? (
      <Loading lines={6} />
    ) : (
      <ProblemNotice problem={problem} onRetry={reload} />
    );
  }
  const met = formsOf(data?.roles ?? []);
  const form = met.find((each) => each === params.get("form")) ?? met[0];
  const tabs =
    met.length === 1 ? null : (
      <nav className="tabs" aria-label={words.claims}>
        {met.map((each) => (
          <Link key={each} to={`/claims?form=${each}`} className="tab" isCurrent={each === form}>
            {words.forms[each]}
          </Link>
        ))}
      </nav>
    );
  return (
    <>
      <WaitingCommands key={party} />
      {form === "loans" ? <LoanClaims lender={party} params={params} tabs={tabs} /> : null}
      {form === "receipts" ? <ReceiptClaims warehouse={party} params={params} tabs={tabs} /> : null}
      {form === "orders" ? <OrderClaims party={party} params={params} tabs={tabs} /> : null}
    </>
  );
}
