import { html, type Html } from "./html.ts";
import { languages, type Tongue } from "./language.ts";
import type { PageAssets } from "./page-assets.ts";

/** What is around a page. */
export interface Frame {
  /** Path of this page, without a query. */
  readonly address: string;
  readonly assets: PageAssets;
  /** Where the browser asks the chain. */
  readonly endpoint: string;
}

/** What the page's script has to know. */
interface Script {
  readonly story: string;
  readonly chain: { readonly chainId: number; readonly provenance: string };
}

const names = { zh: "中文", en: "English" } as const;

/** A whole document. */
export function document(
  title: string,
  content: Html,
  tongue: Tongue,
  frame: Frame & { readonly script?: Script },
): string {
  const { words, language, tag } = tongue;
  const { address, assets, script, endpoint } = frame;
  const others = languages.filter((one) => one !== language);
  return html`<!doctype html>
    <html lang="${tag}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light" />
        <meta name="theme-color" content="#1d4d38" />
        <title>${title} · ${words.name}</title>
        <link rel="icon" href="/sheaf.svg" type="image/svg+xml" />
        ${assets.style === undefined ? undefined : html`<link rel="stylesheet" href="${assets.style}" />`}
        ${languages.map((one) => html`<link rel="alternate" hreflang="${one}" href="${address}?lang=${one}" />`)}
        ${
          script === undefined || assets.script === undefined
            ? undefined
            : html`<script
                type="module"
                src="${assets.script}"
                id="checker"
                data-story="${script.story}"
                data-chain="${script.chain.chainId}"
                data-provenance="${script.chain.provenance}"
                data-endpoint="${endpoint}"
              ></script>`
        }
      </head>
      <body>
        <a class="skip" href="#main">${words.skip}</a>
        <header class="top">
          <a class="brand" href="/"
            ><img src="/sheaf.svg" alt="" width="28" height="28" />${words.name}</a
          >
          <nav aria-label="${words.languages}">
            <ul>
              ${others.map((one) => html`<li><a href="${address}?lang=${one}" hreflang="${one}" lang="${one}">${names[one]}</a></li>`)}
            </ul>
          </nav>
        </header>
        <main id="main">${content}</main>
        <footer><p>${words.footer}</p></footer>
      </body>
    </html>`.text;
}

/** A page that says why there is no story. */
export function messagePage(
  message: { readonly title: string; readonly text: string; readonly hint?: string },
  asked: string,
  tongue: Tongue,
  frame: Frame,
): string {
  const { title, text, hint } = message;
  const content = html`<div class="hero nothing">
    <h1>${title}</h1>
    <p class="lead">${text}</p>
    ${hint === undefined ? undefined : html`<p>${hint}</p>`}
    <p class="asked-for"><code>${asked}</code></p>
  </div>`;
  return document(title, content, tongue, frame);
}
