import { Controller, Get, Header, Param } from "@nestjs/common";
import { ApiExcludeController } from "@nestjs/swagger";
import { Public } from "../auth/access.ts";
import { DomainError } from "../chain/domain-error.ts";
import { isKnownProblem, problemCodes, problemKind } from "./problem-catalogue.ts";

/** Pages that explain what a problem's `type` points to. */
@ApiExcludeController()
@Controller("problems")
@Public()
export class ProblemsController {
  @Get()
  @Header("Content-Type", "text/html; charset=utf-8")
  list(): string {
    const items = problemCodes().map((code) => `<li><a href="/problems/${code}">${code}</a></li>`);
    return page("Problems", `<ul>${items.join("")}</ul>`);
  }

  @Get(":code")
  @Header("Content-Type", "text/html; charset=utf-8")
  one(@Param("code") code: string): string {
    const isName = /^[A-Za-z\d]{1,64}$/.test(code);
    if (!isName || (!isKnownProblem(code) && !/^[A-Z]/.test(code)))
      throw new DomainError("NotFound");
    const { title, says, status } = problemKind(code);
    return page(code, `<p>${escaped(title)} (HTTP ${status}).</p><p>${escaped(says)}</p>`);
  }
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
