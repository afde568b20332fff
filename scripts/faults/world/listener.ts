import { once } from "node:events";
import { createServer, type Server } from "node:http";

/** Somebody's server that takes webhooks, and notes each message's id: those that come again are the same message. */
export class Listener {
  /** How often each message came. */
  readonly heard = new Map<string, number>();

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(): Promise<Listener> {
    const server = createServer();
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("There is no port.");
    const listener = new Listener(server, `http://127.0.0.1:${String(address.port)}/`);
    server.on("request", (request, response) => {
      const id = String(request.headers["webhook-id"]);
      listener.heard.set(id, (listener.heard.get(id) ?? 0) + 1);
      request.resume().on("end", () => response.writeHead(204).end());
    });
    return listener;
  }

  async stop(): Promise<void> {
    const closed = once(this.server, "close");
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }
}
