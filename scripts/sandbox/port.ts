import { createServer } from "node:net";
import { once } from "node:events";

/**
 * A TCP port on the loopback address that is free now: the named one, or any for 0.
 * @throws if it is taken, naming the setting that changes it
 */
export async function freePort(port: number, setting: string): Promise<number> {
  const server = createServer();
  server.listen(port, "127.0.0.1");
  try {
    await once(server, "listening");
  } catch {
    throw new Error(
      `Port ${String(port)} is taken. Stop what listens there, or set ${setting} to another port.`,
    );
  }
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string")
    throw new Error("The loopback address has no ports.");
  return address.port;
}
