import createClient from "openapi-fetch";
import { Problem, problemFrom, unreachable } from "./problem.ts";
import type { paths } from "./schema.d.ts";
import { currentSession, keepSession } from "./session.ts";

const signIn = "/api/v1/auth/sandbox";

/** The API, typed from its OpenAPI document; every request speaks for the signed-in party. */
export const api = createClient<paths>({
  baseUrl: window.location.origin,
  fetch: (request) => fetchAsParty(request),
});

/** Signs the request; when the token has run out, signs the same party in again and repeats it. */
export async function fetchAsParty(request: Request): Promise<Response> {
  const again = request.clone();
  const response = await send(request);
  const session = currentSession();
  const isSigningIn = new URL(request.url).pathname === signIn;
  if (response.status !== 401 || session === null || isSigningIn) return response;
  try {
    await signInAs(session.party);
  } catch (thrown) {
    if (thrown instanceof Problem && thrown.status < 500) keepSession(null);
    return response;
  }
  return send(again);
}

function send(request: Request): Promise<Response> {
  const session = currentSession();
  if (session !== null) request.headers.set("Authorization", `Bearer ${session.accessToken}`);
  return fetch(request);
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
