import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import type { Browser, BrowserContext, Page } from "playwright-core";
import type { View } from "./browser.ts";

const require = createRequire(import.meta.url);
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

/** Somebody who has scanned a label: the page comes with its own policy, and what goes wrong is on record. */
export class LotVisitor {
  readonly faults: string[] = [];
  /** Bytes of the scripts that were loaded, compressed. */
  scriptBytes = 0;

  private constructor(
    private readonly context: BrowserContext,
    readonly page: Page,
  ) {}

  static async come(browser: Browser, view: View, hasScripts = true): Promise<LotVisitor> {
    const { width, height, locale } = view;
    const context = await browser.newContext({
      viewport: { width, height },
      locale,
      reducedMotion: "reduce",
      javaScriptEnabled: hasScripts,
    });
    const visitor = new LotVisitor(context, await context.newPage());
    visitor.page.setDefaultTimeout(15_000);
    visitor.#watch();
    return visitor;
  }

  /** What is shown of the whole check, once it is done. */
  async verdict(): Promise<{ state: string; text: string }> {
    const check = this.page.locator(
      '#check:not([data-state="running"]):not([data-state="unchecked"])',
    );
    await check.waitFor();
    const state = (await check.getAttribute("data-state")) ?? "";
    return { state, text: await this.page.locator(".verdict").innerText() };
  }

  /** What is said of each step. */
  marks(): Promise<string[]> {
    return this.page.evaluate(
      "[...document.querySelectorAll('[data-mark]')].map((mark) => mark.dataset.mark)",
    );
  }

  overhang(): Promise<number> {
    return this.page.evaluate("document.documentElement.scrollWidth - window.innerWidth");
  }

  /** What WCAG 2.2 AA would have otherwise, as far as a program sees it. */
  async barriers(): Promise<string[]> {
    await this.page.evaluate(axe);
    const tags = JSON.stringify(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]);
    const violations = await this.page.evaluate<Violation[]>(
      `axe.run(document, { runOnly: ${tags} }).then(({ violations }) => violations)`,
    );
    return violations.map(
      ({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ""} ${nodes[0]?.failureSummary ?? ""}`,
    );
  }

  leave(): Promise<void> {
    return this.context.close();
  }

  #watch(): void {
    const { page, faults } = this;
    page.on("pageerror", (error) => faults.push(`page: ${error.message}`));
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) faults.push(`console: ${message.text()}`);
    });
    page.on("response", (response) => {
      if (response.request().resourceType() !== "script") return;
      void response.body().then((body) => {
        this.scriptBytes += gzipSync(body).length;
      });
    });
  }
}
