/** What of an endpoint's address may stand in a policy: scheme, host and port, and no sign that means more there. */
export function originIn(url: string | undefined): string | undefined {
  if (url === undefined || !URL.canParse(url)) return undefined;
  const { origin, protocol, hostname } = new URL(url);
  const isHost = /^(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])$/.test(hostname);
  return isHost && /^https?:$/.test(protocol) ? origin : undefined;
}

/**
 * All is from here, but for the answers of the chain: those come from where the visitor wants to ask.
 * @param endpoints origins
 */
export function contentSecurityPolicy(endpoints: readonly string[]): string {
  const connect = ["'self'", ...new Set(endpoints)].join(" ");
  return (
    `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src ${connect}; ` +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
  );
}
