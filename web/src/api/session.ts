import { useSyncExternalStore } from "react";

export interface Session {
  party: string;
  accessToken: string;
  /** Good once; of a session that a wallet has begun. A party that was picked is picked again. */
  refreshToken?: string;
}

/** Who this tab speaks for. A session belongs to one tab, so that two parties of a deal can sit side by side. */
const place = "sheaf.session";
const listeners = new Set<() => void>();
let current = read();

function read(): Session | null {
  try {
    const { party, accessToken, ...more } = JSON.parse(
      sessionStorage.getItem(place) ?? "{}",
    ) as Partial<Session>;
    return party !== undefined && accessToken !== undefined
      ? { party, accessToken, ...more }
      : null;
  } catch {
    return null;
  }
}

export function currentSession(): Session | null {
  return current;
}

export function keepSession(session: Session | null): void {
  current = session;
  if (session === null) sessionStorage.removeItem(place);
  else sessionStorage.setItem(place, JSON.stringify(session));
  for (const listener of listeners) listener();
}

export function useSession(): Session | null {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, currentSession);
}

/** Administers the sandbox and is no party: it has no balance and no claims of its own. */
export const operator = "operator";
