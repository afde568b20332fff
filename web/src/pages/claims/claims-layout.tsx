import type { ReactNode } from "react";
import type { Resource } from "../../api/resource.ts";
import { EmptyNotice, Loading, ProblemNotice } from "../../elements/notice.tsx";
import { useWords } from "../../language/language.tsx";
import { Link } from "../../navigation/navigation.tsx";

interface Page<T> {
  items: T[];
  next: string | null;
}

interface ClaimsLayoutProps<T> {
  title: string;
  tabs: ReactNode;
  filter?: ReactNode;
  page: Resource<Page<T>>;
  params: URLSearchParams;
  /** Said when the party has no such claims at all. */
  empty: { title: string; text: string };
  children: (items: T[]) => ReactNode;
}

/** The address of the same list with some of its parameters changed; an empty one is left out. */
export function addressWith(params: URLSearchParams, changes: Record<string, string>): string {
  const changed = new URLSearchParams(params);
  for (const [name, value] of Object.entries(changes)) {
    if (value === "") changed.delete(name);
    else changed.set(name, value);
  }
  const query = changed.toString();
  return query === "" ? "/claims" : `/claims?${query}`;
}

/** A list of claims with its filter and pages, and what stands there without any. */
export function ClaimsLayout<T>({
  title,
  tabs,
  filter,
  page: { data, problem, reload },
  params,
  empty,
  children,
}: ClaimsLayoutProps<T>): ReactNode {
  const words = useWords();
  const isNarrowed = ["number", "status", "after"].some((name) => params.has(name));
  const withoutFilter = addressWith(params, { number: "", status: "", after: "" });
  return (
    <>
      {tabs}
      <div className="page-head">
        <h1 className={tabs === null ? "" : "unseen"}>{title}</h1>
        {filter}
      </div>
      {problem === undefined ? null : <ProblemNotice problem={problem} onRetry={reload} />}
      {data === undefined && problem === undefined ? <Loading lines={6} /> : null}
      {data === undefined || data.items.length === 0 ? null : children(data.items)}
      {data?.items.length !== 0 ? null : isNarrowed ? (
        <EmptyNotice title={words.noneFits} text={words.noneFitsText}>
          <Link to={withoutFilter} className="button">
            {words.clear}
          </Link>
        </EmptyNotice>
      ) : (
        <EmptyNotice title={empty.title} text={empty.text} />
      )}
      <nav className="pager" aria-label={words.pages}>
        {params.has("after") ? (
          <Link to={addressWith(params, { after: "" })} className="button">
            {words.firstPage}
          </Link>
        ) : null}
        {typeof data?.next === "string" ? (
          <Link to={addressWith(params, { after: data.next })} className="button">
            {words.nextPage}
          </Link>
        ) : null}
      </nav>
    </>
  );
}
