import { html, type Html } from "./html.ts";
import type { Tongue } from "./language.ts";
import { nameOf } from "./lot-address.ts";
import type { Amount, Moment } from "./moment.ts";
import { inOrder } from "./story.service.ts";
import type { Story } from "./story.ts";

/** What happened, step by step, as a time line; each step with its fingerprint and its proof. */
export function journey(story: Story, moments: readonly Moment[], tongue: Tongue): Html {
  const { journey: words } = tongue.words;
  const steps = inOrder(moments).map((moment) => step(story, moment, tongue));
  return html`<section class="card journey" aria-labelledby="journey">
    <h2 id="journey">${words.title}</h2>
    <ol class="steps">
      ${steps}
    </ol>
    ${story.isWhole ? undefined : html`<p class="note">${words.cut}</p>`}
  </section>`;
}

function step(story: Story, moment: Moment, tongue: Tongue): Html {
  const { journey: words } = tongue.words;
  const { event, day, time, declaredWrong, isRecall } = moment;
  const party = nameIn(story, event.party, tongue);
  const place = story.places.find(({ uri }) => uri === moment.place);
  const where = [place && tongue.name(place.name), place?.region && tongue.name(place.region)];
  const tone = declaredWrong !== undefined ? " wrong" : isRecall ? " recall" : "";
  return html`<li class="step${tone}" data-event="${event.sha256}">
    <p class="when">
      <time datetime="${day}${time === undefined ? "" : `T${time}`}"
        >${tongue.day(day)}${time === undefined ? "" : ` ${time}`}</time
      >
    </p>
    <h3>${event.event === null ? words.withheld[event.withheld] : titleOf(moment, tongue)}</h3>
    ${where.some(Boolean) ? html`<p class="where">${where.filter((part) => part !== undefined).join(" · ")}</p>` : undefined}
    ${amounts(story, moment, tongue)}${temperatures(moment, tongue)}
    ${declaredWrong === undefined ? undefined : html`<p class="warning">${words.wrong(tongue.day(declaredWrong))}${moment.isReplaced ? ` ${words.replaced}` : ""}</p>`}
    <p class="by">
      ${words.toldBy(party)}
      <span class="mark" data-mark="${event.anchor === null ? "pending" : "anchored"}"
        >${event.anchor === null ? words.marks.pending : words.marks.anchored}</span
      >
    </p>
    ${fingerprint(moment, tongue)}
  </li>`;
}

function titleOf({ step: name, type, isRecall }: Moment, tongue: Tongue): string {
  return isRecall ? (tongue.words.flags["Recalled"] ?? "") : tongue.step(name, type);
}

function temperatures({ readings }: Moment, tongue: Tongue): Html | undefined {
  if (readings.length === 0) return undefined;
  const values = readings.map(({ value }) => value);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return html`<p class="what">${tongue.degrees(low)} – ${tongue.degrees(high)} °C</p>`;
}

function amounts(story: Story, moment: Moment, tongue: Tongue): Html {
  const { journey: words } = tongue.words;
  const { inputs, loss } = moment;
  const told = moment.amounts.map((amount) => told1(story, amount, tongue));
  return html`${told.length === 0 ? undefined : html`<p class="what">${told.join(tongue.language === "zh" ? "，" : ", ")}</p>`}${
    inputs.length === 0
      ? undefined
      : html`<p class="what">
          ${words.madeOf} ${inputs.map((amount) => told1(story, amount, tongue)).join(", ")}
        </p>`
  }${loss === undefined ? undefined : html`<p class="what">${words.loss(tongue.quantity(loss.quantity, loss.unit))}</p>`}`;
}

function told1(story: Story, { lot, quantity, unit }: Amount, tongue: Tongue): string {
  const { words } = tongue;
  const name = lot === story.lot.uri ? "" : words.journey.ofLot(nameOf(lot));
  const much = quantity === undefined ? "" : tongue.quantity(quantity, unit);
  return [much, name].filter((part) => part !== "").join(tongue.language === "zh" ? "，" : ", ");
}

/** For who wants to see it: numbers, and a place for what the browser has found out. */
function fingerprint({ event }: Moment, tongue: Tongue): Html {
  const { sha256, hash, sequence, anchor } = event;
  const rows: [string, string][] = [
    ["SHA-256", sha256],
    ["CBV 2.0", hash],
    ["№", String(sequence)],
    ...(anchor === null
      ? []
      : ([
          ["root", anchor.root],
          ["tx", anchor.transaction],
          ["block", String(anchor.block)],
        ] as [string, string][])),
  ];
  return html`<details class="proof">
    <summary>${tongue.words.journey.details}</summary>
    <dl>
      ${rows.map(
        ([name, value]) =>
          html`<dt>${name}</dt>
            <dd><code>${value}</code></dd>`,
      )}
    </dl>
  </details>`;
}

/** What a party is called. */
export function nameIn(story: Story, party: string, tongue: Tongue): string {
  return tongue.name(story.parties.find(({ id }) => id === party)?.name ?? party);
}
