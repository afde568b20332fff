import type { ReactNode } from "react";
import { unreachable, type Problem } from "../api/problem.ts";
import { useWords } from "../language/language.tsx";

/** What went wrong, in the API's own words. */
export function ProblemNotice({
  problem,
  onRetry,
}: {
  problem: Problem;
  onRetry?: () => void;
}): ReactNode {
  const words = useWords();
  const isOffline = problem.code === unreachable;
  const detail = isOffline ? words.unreachableDetail : problem.detail;
  return (
    <div className="notice notice-bad" role="alert">
      <strong>{isOffline ? words.unreachable : problem.title}</strong>
      {detail === undefined || detail === problem.title ? null : <p>{detail}</p>}
      {onRetry === undefined ? null : (
        <button type="button" className="button" onClick={onRetry}>
          {words.tryAgain}
        </button>
      )}
    </div>
  );
}

export function EmptyNotice({
  title,
  text,
  children,
}: {
  title: string;
  text?: string;
  children?: ReactNode;
}): ReactNode {
  return (
    <div className="notice notice-empty">
      <strong>{title}</strong>
      {text === undefined ? null : <p>{text}</p>}
      {children}
    </div>
  );
}

/** Grey lines where content will be; spoken as one word. */
export function Loading({ lines = 4 }: { lines?: number }): ReactNode {
  const words = useWords();
  return (
    <div className="loading" role="status">
      <span className="unseen">{words.loading}</span>
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} className="loading-line" />
      ))}
    </div>
  );
}
