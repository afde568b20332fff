import createClient from "openapi-fetch";
import { Problem, problemFrom, unreachable } from "./problem.ts";
import type { paths } from "./schema.d.ts";
import { currentSession, keepSession, operator, type Session } from "./session.ts";

const signIn = "/api/v1/auth/sandbox";
/** What is refused here is refused for what it says, not for who says it. */
const entrances = new Set([
  signIn,
  "/api/v1/auth/nonce",
  "/api/v1/auth/wallet",
  "/api/v1/auth/refresh",
  "/api/v1/auth/sign-out",
]);
let renewing: Promise<void> | undefined;

/** The API, typed from its OpenAPI document; every request speaks for the signed-in party. */
export const api = createClient<paths>({
  baseUrl: window.location.origin,
  fetch: (request) => fetchAsParty(request),
});

/** Signs the request; when the token has run out, renews the session and repeats it. */
export async function fetchAsParty(request: Request): Promise<Response> {
  if (entrances.has(new URL(request.url).pathname)) return fetch(request);
  const again = request.clone();
  const session = currentSession();
  const response = await send(request, session);
  if (response.status !== 401 || session === null) return response;
  try {
    // Another request may have done it meanwhile.
    if (currentSession()?.accessToken === session.accessToken) await renew(session);
  } catch (thrown) {
    if (thrown instanceof Problem && thrown.status < 500) keepSession(null);
    return response;
  }
  const repeated = await send(again, currentSession());
  // A new token that is no better: who speaks here is nobody any more.
  if (repeated.status === 401) keepSession(null);
  return repeated;
}

function send(request: Request, session: Session | null): Promise<Response> {
  if (session !== null) request.headers.set("Authorization", `Bearer ${session.accessToken}`);
  return fetch(request);
}

/** Once for all requests that wait for it: a refresh token that comes twice ends the session. */
function renew(session: Session): Promise<void> {
  renewing ??= renewed(session).finally(() => (renewing = undefined));
  return renewing;
}

async function renewed({ party, refreshToken }: Session): Promise<void> {
  if (refreshToken === undefined) {
    await signInAs(party);
    return;
  }
  const fresh = await answerOf(api.POST("/api/v1/auth/refresh", { body: { refreshToken } }));
  keepSession({ party, accessToken: fresh.accessToken, refreshToken: fresh.refreshToken });
}

/** Keeps a session that a wallet has begun, by the name of whom it speaks for. */
export async function enterWith(tokens: {
  readonly accessToken: string;
  readonly refreshToken: string;
}): Promise<void> {
  const { accessToken, refreshToken } = tokens;
  keepSession({ party: await partyOf(accessToken), accessToken, refreshToken });
}

async function partyOf(accessToken: string): Promise<string> {
  const response = await fetch("/api/v1/auth/me", {
    headers: { Authorization: `Bearer ${accessToken}` },
  });
  if (!response.ok) throw problemFrom(await response.json(), response);
  const { id, roles } = (await response.json()) as { id: string; roles: string[] };
  return roles.includes(operator) ? operator : id;
}

/** Here at once; the server is told, so that nobody goes on with what was kept. */
export async function signOut(): Promise<void> {
  const refreshToken = currentSession()?.refreshToken;
  keepSession(null);
  if (refreshToken === undefined) return;
  await api.POST("/api/v1/auth/sign-out", { body: { refreshToken } });
}

export async function signInAs(party: string): Promise<void> {
  const session = await answerOf(api.POST(signIn, { body: { party } }));
  keepSession({ party, accessToken: session.accessToken });
}

/** The body of a good answer; anything else is thrown as a `Problem`. */
export async function answerOf<T>(
  call: Promise<{ data?: T; error?: unknown; response: Response }>,
): Promise<T> {
  const { data, error, response } = await call;
  if (data === undefined || !response.ok) {
    const isGateway = response.status === 502 || response.status === 504;
    if (isGateway) throw new Problem(unreachable, undefined, response.status, unreachable);
    throw problemFrom(error, response);
  }
  return data;
}
