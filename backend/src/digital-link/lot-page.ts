import { coldChain } from "./cold-chain.ts";
import { html, type Html } from "./html.ts";
import { journey, nameIn } from "./journey.ts";
import type { Tongue } from "./language.ts";
import { gtinOf } from "./lot-address.ts";
import { momentOf, type Moment } from "./moment.ts";
import { document, type Frame } from "./page-frame.ts";
import { placeMap } from "./place-map.ts";
import { proof } from "./proof-section.ts";
import { inOrder } from "./story.service.ts";
import type { Story } from "./story.ts";

/** The page behind a label: the story first, then its proof. */
export function lotPage(story: Story, tongue: Tongue, frame: Frame): string {
  const { words } = tongue;
  const moments = story.events.map(momentOf);
  const content = html`${hero(story, moments, tongue)}${alarms(story, tongue)}${check(story, tongue)}
    <div class="columns">
      ${facts(story, moments, tongue)}${journey(story, moments, tongue)}${coldChain(moments, tongue)}${placeMap(story.places, tongue)}${tests(moments, tongue)}${bank(tongue)}
    </div>
    ${proof(story, tongue, frame)}`;
  return document(words.title(story.lot.name), content, tongue, {
    ...frame,
    script: { story: story.lot.path, chain: story.contracts },
  });
}

function hero(story: Story, moments: readonly Moment[], tongue: Tongue): Html {
  const { words } = tongue;
  const harvest = moments.find(({ ilmd }) => ilmd.harvestFrom !== undefined)?.ilmd.harvestFrom;
  const first = inOrder(moments)[0];
  const grower = first && nameIn(story, first.event.party, tongue);
  const [place] = story.places;
  const places = new Set(moments.flatMap((moment) => moment.place ?? [])).size;
  const when =
    harvest === undefined
      ? words.hero.since(tongue.day(first?.day ?? ""))
      : words.hero.harvested(tongue.day(harvest));
  const origin = [place?.region && tongue.name(place.region), grower].filter(
    (part) => part !== undefined && part !== "",
  );
  return html`<div class="hero">
    <p class="lot">${words.lot} ${story.lot.name}</p>
    <h1>${productName(story, tongue)}</h1>
    <p class="lead">${when}</p>
    <p class="origin">${origin.join(" · ")}</p>
    <p class="count">${words.hero.stages(story.events.length, places)}</p>
  </div>`;
}

/** Codes are written like shouting; people would write them as words. */
function productName({ product, lot }: Story, tongue: Tongue): string {
  if (product === null) return `${tongue.words.lot} ${lot.name}`;
  if (!/^[A-Z][A-Z-]+$/.test(product)) return tongue.name(product);
  return product.charAt(0) + product.slice(1).toLowerCase().replaceAll("-", " ");
}

function alarms(story: Story, tongue: Tongue): Html {
  const { recalled, flagged, flags } = tongue.words;
  const { recall } = story;
  const others = story.flags.filter(({ code }) => code !== "Recalled");
  return html`${
    recall === null
      ? undefined
      : html`<div class="alarm" role="alert">
          <h2>${recalled.title}</h2>
          <p>${recalled.text(nameIn(story, recall.party, tongue), tongue.day(recall.at))}</p>
        </div>`
  }${
    others.length === 0
      ? undefined
      : html`<div class="alarm doubt" role="alert">
          <h2>${flagged.title}</h2>
          <p>${flagged.text}</p>
          <ul>
            ${others.map(({ code }) => html`<li>${flags[code] ?? code}</li>`)}
          </ul>
        </div>`
  }`;
}

function check(story: Story, tongue: Tongue): Html {
  const { check: words } = tongue.words;
  const pending = story.events.filter(({ anchor }) => anchor === null).length;
  return html`<section class="check" id="check" aria-labelledby="trust" data-state="unchecked">
    <h2 id="trust">${words.title}</h2>
    <p class="verdict" role="status" aria-live="polite" hidden>${words.running}</p>
    <p class="asked" hidden></p>
    <p>${words.plain}</p>
    ${pending === 0 ? undefined : html`<p class="waiting">${words.pending(pending)}</p>`}
    <noscript><p class="note">${words.noScript}</p></noscript>
  </section>`;
}

function facts(story: Story, moments: readonly Moment[], tongue: Tongue): Html {
  const { facts: words } = tongue.words;
  const [first] = inOrder(moments);
  const { ilmd } = moments.find((moment) => moment.ilmd.harvestFrom !== undefined) ?? {};
  const days = [ilmd?.harvestFrom, ilmd?.harvestTo].filter((day) => day !== undefined);
  const own = moments.find(
    ({ amounts, declaredWrong }) =>
      declaredWrong === undefined &&
      amounts.some(({ lot, quantity }) => lot === story.lot.uri && quantity !== undefined),
  );
  const amount = own?.amounts.find(({ lot }) => lot === story.lot.uri);
  const place = story.places.find(({ uri }) => uri === first?.place);
  const rows: [string, string | undefined][] = [
    [words.cooperative, first && nameIn(story, first.event.party, tongue)],
    [words.origin, place && tongue.name(place.name)],
    [words.country, ilmd?.country && countryIn(ilmd.country, tongue)],
    [
      words.harvest,
      days.length === 0 ? undefined : [...new Set(days)].map((day) => tongue.day(day)).join(" – "),
    ],
    [
      words.quantity,
      amount?.quantity === undefined ? undefined : tongue.quantity(amount.quantity, amount.unit),
    ],
    [words.store, story.receipts[0] && tongue.name(story.receipts[0].warehouse)],
    [words.gtin, gtinOf(story.lot.uri)],
  ];
  return html`<section class="card facts" aria-labelledby="facts">
    <h2 id="facts">${words.title}</h2>
    <dl>
      ${rows.map(([name, value]) =>
        value === undefined
          ? undefined
          : html`<div>
              <dt>${name}</dt>
              <dd>${value}</dd>
            </div>`,
      )}
    </dl>
  </section>`;
}

function countryIn(code: string, tongue: Tongue): string {
  if (!/^[A-Z]{2}$/.test(code)) return code;
  return new Intl.DisplayNames([tongue.tag], { type: "region" }).of(code) ?? code;
}

function tests(moments: readonly Moment[], tongue: Tongue): Html {
  const { tests: words } = tongue.words;
  const papers = moments.flatMap((moment) =>
    moment.declaredWrong === undefined ? moment.papers : [],
  );
  const unique = [
    ...new Map(papers.map((paper) => [`${paper.kind} ${paper.name}`, paper])).values(),
  ];
  return html`<section class="card tests" aria-labelledby="tests">
    <h2 id="tests">${words.title}</h2>
    ${
      unique.length === 0
        ? html`<p>${words.none}</p>`
        : html`<ul>
              ${unique.map(({ kind, name }) => html`<li><strong>${words[kind]}</strong> <code>${name}</code></li>`)}
            </ul>
            <p class="note">${words.note}</p>`
    }
  </section>`;
}

function bank(tongue: Tongue): Html {
  const { bank: words } = tongue.words;
  return html`<section class="card bank" aria-labelledby="bank">
    <h2 id="bank">${words.title}</h2>
    <p>${words.text}</p>
    <p><a href="/">${words.signIn}</a></p>
  </section>`;
}
