import { existsSync } from "node:fs";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

const entrance = "index.html";
/** The page brings all that it needs: nothing is loaded from elsewhere, and nobody frames it. */
const contentSecurityPolicy =
  "default-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

/**
 * Serves the built page from a folder. Every address below `/` that is not the API's and that a browser navigates to
 * is the page's own: it gets the entrance. A folder without one (the page was not built) serves nothing.
 */
export function servePage(server: FastifyInstance, folder: string): void {
  if (!existsSync(join(folder, entrance))) return;
  server.register(fastifyStatic, {
    root: folder,
    wildcard: false,
    setHeaders: (reply, path) => {
      const named = path.startsWith(join(folder, "assets"));
      reply.header("content-security-policy", contentSecurityPolicy);
      reply.header("cache-control", named ? "public, max-age=31536000, immutable" : "no-cache");
    },
  });
  server.get("/*", async (request, reply) => answer(request, reply));
}

function answer(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const ours = /^\/(api|health|metrics|problems)(\/|$|\?)/.test(request.url);
  const navigates = request.headers.accept?.includes("text/html") === true;
  if (ours || !navigates) {
    reply.callNotFound();
    return reply;
  }
  return reply.sendFile(entrance, { maxAge: 0, immutable: false });
}
