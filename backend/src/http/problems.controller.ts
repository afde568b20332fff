import { Controller, Get, Headers, Param, Res } from "@nestjs/common";
import { ApiExcludeController } from "@nestjs/swagger";
import type { FastifyReply } from "fastify";
import { Public } from "../auth/access.ts";
import { DomainError } from "../chain/domain-error.ts";
import { wantsJson } from "./accept.ts";
import { isKnownProblem, problemCodes, problemKind } from "./problem-catalogue.ts";

const html = "text/html; charset=utf-8";
/** Stands for a value that the refusal carries. */
const value = /\{(\w+)\}/g;

/** A page, as a program reads it. */
interface ProblemPage {
  readonly code: string;
  readonly status: number;
  readonly title: string;
  /** Each value that the refusal carries is called by its name. */
  readonly says: string;
}

/** Pages that explain what a problem's `type` points to: in HTML, or in JSON for whoever asks for that. */
@ApiExcludeController()
@Controller("problems")
@Public()
export class ProblemsController {
  @Get()
  list(
    @Headers("accept") accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): string | readonly ProblemPage[] {
    const codes = problemCodes();
    if (wantsJson(accept)) return codes.map(pageOf);
    void reply.type(html);
    const items = codes.map((code) => `<li><a href="/problems/${code}">${code}</a></li>`);
    return page("Problems", `<ul>${items.join("")}</ul>`);
  }

  @Get(":code")
  one(
    @Param("code") code: string,
    @Headers("accept") accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): string | ProblemPage {
    if (!isKnownProblem(code)) throw new DomainError("NotFound");
    if (wantsJson(accept)) return pageOf(code);
    void reply.type(html);
    const { title, says, status } = problemKind(code);
    const text = escaped(says).replace(value, "<var>$1</var>");
    return page(code, `<p>${escaped(title)} (HTTP ${status}).</p><p>${text}</p>`);
  }
}

function pageOf(code: string): ProblemPage {
  const { title, says, status } = problemKind(code);
  return { code, status, title, says: says.replace(value, "$1") };
}

function page(title: string, content: string): string {
  return (
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title>` +
    `<body style="font:1rem/1.5 system-ui;max-width:40rem;margin:3rem auto"><h1>${title}</h1>${content}</body></html>`
  );
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
