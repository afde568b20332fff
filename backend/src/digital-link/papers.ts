import { html, type Html } from "./html.ts";
import { nameIn } from "./journey.ts";
import type { Tongue } from "./language.ts";
import { rootOfPaper, type Moment, type Paper } from "./moment.ts";
import type { Story } from "./story.ts";

/** Tests and certificates that the events name, with what their parties show of them. */
export function papers(story: Story, moments: readonly Moment[], tongue: Tongue): Html {
  const { tests: words } = tongue.words;
  const named = moments.flatMap((moment) =>
    moment.declaredWrong === undefined ? moment.papers : [],
  );
  const unique = [
    ...new Map(named.map((paper) => [`${paper.kind} ${paper.name}`, paper])).values(),
  ];
  return html`<section class="card tests" aria-labelledby="tests">
    <h2 id="tests">${words.title}</h2>
    ${
      unique.length === 0
        ? html`<p>${words.none}</p>`
        : html`<ul>
              ${unique.map((one) => paper(story, one, tongue))}
            </ul>
            <p class="note">${words.note}</p>`
    }
  </section>`;
}

function paper(story: Story, { kind, name }: Paper, tongue: Tongue): Html {
  const { tests: words } = tongue.words;
  const root = rootOfPaper(name);
  const shown = story.documents.find((document) => document.root === root);
  if (root === undefined || shown === undefined) {
    return html`<li><strong>${words[kind]}</strong> <code>${name}</code></li>`;
  }
  return html`<li data-paper="${root}">
    <strong>${words[kind]}</strong> ${nameIn(story, shown.party, tongue)}
    <span class="mark" hidden></span>
    <dl>
      ${shown.fields.map(
        (field) =>
          html`<div>
            <dt>${words.fields[field.name] ?? spaced(field.name)}</dt>
            <dd>${tongue.name(field.value)}</dd>
          </div>`,
      )}
    </dl>
  </li>`;
}

/** `validUntil` as people write it. */
function spaced(name: string): string {
  return name
    .replace(/[._-]/g, " ")
    .replace(/(?<=[a-z])[A-Z]/g, (sign) => ` ${sign.toLowerCase()}`);
}
