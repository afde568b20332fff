import { useSyncExternalStore, type MouseEvent, type ReactNode } from "react";

const moved = "sheaf:moved";

function subscribe(listener: () => void): () => void {
  window.addEventListener("popstate", listener);
  window.addEventListener(moved, listener);
  return () => {
    window.removeEventListener("popstate", listener);
    window.removeEventListener(moved, listener);
  };
}

/** Path and query of the page, for as long as it is shown. */
export function useAddress(): URL {
  const address = useSyncExternalStore(subscribe, () => window.location.href);
  return new URL(address);
}

export function goTo(address: string, { replace = false } = {}): void {
  if (replace) window.history.replaceState(null, "", address);
  else window.history.pushState(null, "", address);
  if (!replace) window.scrollTo(0, 0);
  window.dispatchEvent(new Event(moved));
}

interface LinkProps {
  to: string;
  className?: string;
  isCurrent?: boolean;
  children: ReactNode;
}

/** A link within the page; with a modifier key the browser does what it always does. */
export function Link({ to, className, isCurrent, children }: LinkProps): ReactNode {
  const follow = (event: MouseEvent): void => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
      return;
    event.preventDefault();
    goTo(to);
  };
  return (
    <a href={to} className={className} aria-current={isCurrent} onClick={follow}>
      {children}
    </a>
  );
}
