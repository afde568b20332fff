import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

/** When a connection to the database is cut. */
export const commitFaults = ["cutBeforeCommit", "cutAfterCommit"] as const;
export type CommitFault = (typeof commitFaults)[number];

/** A door to a PostgreSQL that is cut now and then around a COMMIT. */
export interface PostgresProxy {
  readonly port: number;
  readonly met: ReadonlyMap<CommitFault, number>;
  readonly close: () => Promise<void>;
}

/** As PostgreSQL's simple query protocol writes it: Q, length, text, zero. */
const commitQuery = Buffer.from("Q\0\0\0\x0bCOMMIT\0", "latin1");
/** The server's CommandComplete of it. */
const commitDone = Buffer.from("C\0\0\0\x0bCOMMIT\0", "latin1");

/**
 * Starts a proxy on a free port of the loopback address.
 * @param next asked at each COMMIT what is to happen to it
 */
export async function startPostgresProxy(
  server: { readonly host: string; readonly port: number },
  next: () => CommitFault | undefined,
): Promise<PostgresProxy> {
  const met = new Map<CommitFault, number>();
  const open = new Set<Socket>();
  const meet = (fault: CommitFault): void => {
    met.set(fault, (met.get(fault) ?? 0) + 1);
  };
  const proxy = createServer((client) => {
    const database = connect(server.port, server.host);
    const cut = (): void => {
      client.destroy();
      database.destroy();
    };
    let cutsAnswer = false;
    for (const socket of [client, database]) {
      open.add(socket);
      socket.setNoDelay(true);
      socket.on("error", cut).on("close", () => {
        open.delete(socket);
        cut();
      });
    }
    client.on("data", (asked: Buffer) => {
      const fault = asked.includes(commitQuery) ? next() : undefined;
      if (fault !== undefined) meet(fault);
      if (fault === "cutBeforeCommit") cut();
      else {
        cutsAnswer ||= fault === "cutAfterCommit";
        database.write(asked);
      }
    });
    database.on("data", (answer: Buffer) => {
      if (cutsAnswer && answer.includes(commitDone)) cut();
      else client.write(answer);
    });
  });
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  const address = proxy.address();
  if (address === null || typeof address === "string") throw new Error("The proxy has no port.");
  return {
    port: address.port,
    met,
    close: async () => {
      const closed = once(proxy, "close");
      proxy.close();
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
}
