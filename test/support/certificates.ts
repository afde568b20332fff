import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** PEM files: an authority, and what it has certified. */
export interface Certificates {
  readonly authority: string;
  readonly server: Identity;
  readonly client: Identity;
  /** A client that another authority vouches for. */
  readonly stranger: Identity;
  remove(): Promise<void>;
}

export interface Identity {
  readonly certificate: string;
  readonly key: string;
}

/** Whether there is an `openssl` to make certificates with. */
export async function canCertify(): Promise<boolean> {
  return run("openssl", ["version"]).then(
    () => true,
    () => false,
  );
}

/** For a server at 127.0.0.1, good for a day. */
export async function certify(): Promise<Certificates> {
  const folder = await mkdtemp(join(tmpdir(), "sheaf-certificates-"));
  const file = (name: string): string => join(folder, name);
  await writeFile(file("names"), "subjectAltName=IP:127.0.0.1\n");
  const newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  const authority = async (name: string): Promise<void> => {
    const out = ["-keyout", file(`${name}.key`), "-out", file(`${name}.pem`)];
    await run("openssl", ["req", "-x509", "-days", "1", "-subj", `/CN=${name}`, ...newKey, ...out]);
  };
  const certified = async (name: string, by: string): Promise<Identity> => {
    const request = ["-keyout", file(`${name}.key`), "-out", file(`${name}.csr`)];
    await run("openssl", ["req", "-new", "-subj", `/CN=${name}`, ...newKey, ...request]);
    const authorised = ["-CA", file(`${by}.pem`), "-CAkey", file(`${by}.key`), "-CAcreateserial"];
    await run("openssl", [
      ...["x509", "-req", "-days", "1", "-in", file(`${name}.csr`), "-out", file(`${name}.pem`)],
      ...["-extfile", file("names"), ...authorised],
    ]);
    return { certificate: file(`${name}.pem`), key: file(`${name}.key`) };
  };
  await authority("authority");
  await authority("another");
  return {
    authority: file("authority.pem"),
    server: await certified("server", "authority"),
    client: await certified("client", "authority"),
    stranger: await certified("stranger", "another"),
    remove: () => rm(folder, { recursive: true }),
  };
}
