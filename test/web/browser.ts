import { existsSync, mkdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core";

const names = ["chromium", "chromium-browser", "google-chrome", "chrome"];
const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-dev-shm-usage",
];
const screenshots = join("node_modules", ".cache", "sheaf", "page");

/** A Chromium: the one that $CHROMIUM names, else one on the PATH; undefined where there is none. */
export function findBrowser(): string | undefined {
  const named = process.env["CHROMIUM"];
  if (named !== undefined) return named;
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  return folders
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find((path) => existsSync(path));
}

export function launchBrowser(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, args: flags, timeout: 30_000 });
}

export interface View {
  readonly width: number;
  readonly height: number;
  readonly locale: string;
}

export const desk: View = { width: 1280, height: 900, locale: "en-GB" };
export const phone: View = { width: 360, height: 740, locale: "zh-CN" };

/** A visitor with an eye on the page: everything that should not happen is on record. */
export class Visitor {
  readonly page: Page;
  readonly faults: string[] = [];
  readonly #context: BrowserContext;
  #expected: number[] = [];

  private constructor(context: BrowserContext, page: Page) {
    this.#context = context;
    this.page = page;
  }

  static async come(browser: Browser, url: string, view: View): Promise<Visitor> {
    const { width, height, locale } = view;
    const context = await browser.newContext({
      baseURL: url,
      viewport: { width, height },
      locale,
      reducedMotion: "reduce",
    });
    const visitor = new Visitor(context, await context.newPage());
    visitor.#watch(new URL(url).origin);
    // As strict as it can be: whatever the page does beyond its own files is an error on the console.
    await context.route(
      (address) => !address.pathname.startsWith("/api/"),
      async (route) => {
        const response = await route.fetch();
        const headers = { ...response.headers(), "content-security-policy": "default-src 'self'" };
        await route.fulfill({ response, headers });
      },
    );
    visitor.page.setDefaultTimeout(15_000);
    return visitor;
  }

  /** Answers with this status are part of what is tried. */
  expect(status: number): void {
    this.#expected.push(status);
  }

  /** What went wrong since the last time that somebody asked. */
  takeFaults(): string[] {
    this.#expected = [];
    return this.faults.splice(0);
  }

  async photograph(name: string, whole = true): Promise<string> {
    mkdirSync(screenshots, { recursive: true });
    const path = join(screenshots, `${name}.png`);
    await this.page.screenshot({ path, fullPage: whole });
    return path;
  }

  /** By how many pixels the page is wider than its window. */
  overhang(): Promise<number> {
    return this.page.evaluate("document.documentElement.scrollWidth - window.innerWidth");
  }

  /** Requests that are still under way are nobody's fault. */
  async leave(): Promise<void> {
    await this.#context.unrouteAll({ behavior: "ignoreErrors" });
    await this.#context.close();
  }

  #watch(origin: string): void {
    const { page, faults } = this;
    page.on("pageerror", (error) => faults.push(`page: ${error.message}`));
    page.on("console", (message) => {
      if (!["error", "warning"].includes(message.type())) return;
      const isExpected = this.#expected.some((status) => message.text().includes(String(status)));
      if (!isExpected) faults.push(`console: ${message.text()} ${message.location().url}`);
    });
    page.on("request", (request) => {
      if (new URL(request.url()).origin !== origin) faults.push(`elsewhere: ${request.url()}`);
    });
    page.on("requestfailed", (request) => {
      // What the page itself gives up, because it is left or asks anew.
      const reason = request.failure()?.errorText ?? "";
      if (reason !== "net::ERR_ABORTED") faults.push(`request: ${request.url()} ${reason}`);
    });
  }
}
