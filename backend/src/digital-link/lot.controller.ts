import { createHash } from "node:crypto";
import { Controller, Get, Inject, Param, Query, Req, Res } from "@nestjs/common";
import { ApiParam, ApiTags } from "@nestjs/swagger";
import type { FastifyReply, FastifyRequest } from "fastify";
import { Costs, Public } from "../auth/access.ts";
import { DomainError } from "../chain/domain-error.ts";
import type { Config } from "../config/config.ts";
import { CONFIG } from "../config/config.module.ts";
import { BadInput } from "../http/bad-input.ts";
import { problemOf } from "../http/problem.ts";
import { ApiLot } from "./documentation.ts";
import { formFor, type Form } from "./form.ts";
import { tongueFor } from "./language.ts";
import { linksetOf } from "./linkset.ts";
import { namedByKeys, namedByUri, pathOf, type Named } from "./lot-address.ts";
import { lotQuery, type LotQuery } from "./lot-query.ts";
import { lotPage } from "./lot-page.ts";
import { readPageAssets } from "./page-assets.ts";
import { messagePage, type Frame } from "./page-frame.ts";
import { contentSecurityPolicy, originIn } from "./page-policy.ts";
import { StoryService } from "./story.service.ts";

/** Seconds that a page may be kept for: a recall is to be seen soon. */
const keptFor = 30;

/** What is behind the label on a bag: for anybody who can name the lot. */
@ApiTags("lots")
@Public()
@Costs(5)
@Controller()
export class LotController {
  readonly #assets = readPageAssets();

  constructor(
    private readonly stories: StoryService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** A lot by its GS1 Digital Link: as a page, as data, or as a linkset. */
  @Get("01/:gtin/10/:lot")
  @ApiLot()
  byKeys(
    @Param("gtin") gtin: string,
    @Param("lot") lot: string,
    @Query() query: RawQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.#answer(() => namedByKeys(gtin, lot), { query: lotQuery(query), request, reply });
  }

  /** A single item of a lot. */
  @Get("01/:gtin/10/:lot/21/:serial")
  @ApiLot()
  bySerial(
    @Param("gtin") gtin: string,
    @Param("lot") lot: string,
    @Param("serial") serial: string,
    @Query() query: RawQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.#answer(() => namedByKeys(gtin, lot, serial), {
      query: lotQuery(query),
      request,
      reply,
    });
  }

  /** A lot of a cooperative that has no prefix of GS1's, by its URI; `https://` may be left out. */
  @Get("lot/*")
  @ApiParam({ name: "path", type: String })
  @ApiLot()
  byName(
    @Query() query: RawQuery,
    @Req() request: FastifyRequest<{ Params: { "*": string } }>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.#answer(() => namedByUri(request.params["*"]), {
      query: lotQuery(query),
      request,
      reply,
    });
  }

  async #answer(name: () => Named, exchange: Exchange): Promise<string> {
    const { query, request, reply } = exchange;
    const form = formFor(query.linkType, request.headers.accept);
    reply.header("vary", "Accept, Accept-Language");
    // Whoever reads it on a page of another origin reads what anybody may.
    reply.header("access-control-allow-origin", "*");
    try {
      const named = name();
      const body = await this.#body(named, form, exchange);
      return answered(body, exchange);
    } catch (error) {
      if (form !== "page") throw error;
      return this.#message(error, exchange);
    }
  }

  async #body(named: Named, form: Form, exchange: Exchange): Promise<string> {
    const { query, request, reply } = exchange;
    const story = await this.stories.of(named);
    const path = named.item === undefined ? pathOf(named.lot) : pathWithout(request.url);
    const page = this.#origin(request) + path;
    reply.header(
      "link",
      `<${page}?linkType=linkset>; rel="linkset"; type="application/linkset+json"`,
    );
    switch (form) {
      case "linkset": {
        const events = `${this.#origin(request)}/epcis/epcs/${encodeURIComponent(named.lot)}/events`;
        reply.type("application/linkset+json");
        return JSON.stringify(linksetOf(page, events));
      }
      case "story":
        reply.type("application/json; charset=utf-8");
        return JSON.stringify(story);
      case "page": {
        const tongue = tongueFor(query.lang, request.headers["accept-language"]);
        this.#dress(exchange, tongue.tag);
        return lotPage(story, tongue, this.#frame(path));
      }
    }
  }

  /** Why there is no story, in words; what is our own fault is left to the house. */
  #message(error: unknown, exchange: Exchange): string {
    const { query, request, reply } = exchange;
    if (!(error instanceof DomainError || error instanceof BadInput)) throw error;
    const { status, errors } = problemOf(error);
    const tongue = tongueFor(query.lang, request.headers["accept-language"]);
    const { unknown, wrong } = tongue.words;
    const path = pathWithout(request.url);
    this.#dress(exchange, tongue.tag);
    reply.status(status).header("cache-control", "no-cache");
    const message = status === 404 ? unknown : wrong;
    const asked = errors?.[0]?.detail ?? readable(path);
    return messagePage(message, status === 404 ? readable(path) : asked, tongue, this.#frame(path));
  }

  #dress({ query, reply }: Exchange, language: string): void {
    const endpoints = [this.config.publicRpcUrl, query.rpc].flatMap((url) => originIn(url) ?? []);
    reply
      .type("text/html; charset=utf-8")
      .header("content-language", language)
      .header("content-security-policy", contentSecurityPolicy(endpoints));
  }

  #frame(address: string): Frame {
    const endpoint = this.config.publicRpcUrl ?? "/api/v1/chain";
    return { address, assets: this.#assets, endpoint };
  }

  #origin({ protocol, host }: FastifyRequest): string {
    return this.config.publicOrigin ?? `${protocol}://${host}`;
  }
}

type RawQuery = Readonly<Record<string, unknown>>;

interface Exchange {
  readonly query: LotQuery;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** The same as before is not sent again. */
function answered(body: string, { request, reply }: Exchange): string {
  const tag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;
  reply.header("etag", tag).header("cache-control", `public, max-age=${keptFor}, must-revalidate`);
  const known = request.headers["if-none-match"]?.split(",").map((one) => one.trim());
  if (known?.some((one) => one === tag || one === `W/${tag}`) !== true) return body;
  reply.status(304);
  return "";
}

function pathWithout(url: string): string {
  return (url.split("?", 1)[0] ?? "").replace(/^https?:\/\/[^/]+/i, "");
}

function readable(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
