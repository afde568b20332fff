import { timingSafeEqual } from "node:crypto";
import { Controller, Get, Headers, Inject, Res } from "@nestjs/common";
import { ApiExcludeController } from "@nestjs/swagger";
import type { FastifyReply } from "fastify";
import { Public } from "../auth/access.ts";
import { DomainError } from "../chain/domain-error.ts";
import type { Config } from "../config/config.ts";
import { CONFIG } from "../config/config.module.ts";
import { Gauges } from "./gauges.ts";

/**
 * For Prometheus, with `METRICS_TOKEN` as its bearer token. Without that setting the route does not exist, but in the
 * sandbox: a proxy on the same machine would make the whole world look like the loopback address.
 */
@ApiExcludeController()
@Controller("metrics")
@Public()
export class MetricsController {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly gauges: Gauges,
  ) {}

  @Get()
  async scrape(
    @Headers("authorization") authorization: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { metricsToken, sandbox } = this.config;
    if (metricsToken === undefined) {
      if (!sandbox) throw new DomainError("NoSuchRoute");
    } else if (!isSame(authorization ?? "", `Bearer ${metricsToken}`)) {
      throw new DomainError("NotSignedIn");
    }
    reply.type(this.gauges.contentType);
    return this.gauges.text();
  }
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
