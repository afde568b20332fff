/** What never gets into a log, wherever in what is logged it stands. */
const secrets = [
  "authorization",
  "cookie",
  '["set-cookie"]',
  "accessToken",
  "refreshToken",
  "secret",
  "signature",
  "passphrase",
  "privateKey",
  "tokenSecret",
  "keystorePassphrase",
  "administrationKey",
];

function at(prefix: string, name: string): string {
  return name.startsWith("[") ? `${prefix}${name}` : `${prefix}.${name}`;
}

/** For pino: the value is left out, that there was one is not. */
export const redaction = {
  paths: secrets.flatMap((name) => [name, at("*", name), at("*.*", name), at("*.*.*", name)]),
  censor: "[redacted]",
};
