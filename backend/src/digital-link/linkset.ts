import type { JsonObject } from "../proof/event.ts";

const voc = "https://ref.gs1.org/voc/";

/** The relations that a lot's page answers to, by what `linkType` calls them. */
const linkTypes = ["gs1:defaultLink", "gs1:pip", "gs1:traceability", "gs1:epcis"] as const;
export type LinkType = (typeof linkTypes)[number];

export function isLinkType(text: string): text is LinkType {
  return linkTypes.some((type) => type === text);
}

const languages = ["zh", "en"] as const;
const titles = {
  page: { en: "Where this lot comes from", zh: "这批货从哪里来" },
  story: { en: "The lot's story and its proofs, as data", zh: "本批次的经历与证明（数据）" },
  events: {
    en: "The lot's EPCIS events, for signed-in parties",
    zh: "本批次的 EPCIS 事件（登录后可查）",
  },
} as const;

/**
 * All that is linked to a lot: RFC 9264, with GS1's link types.
 * @param page the lot's Digital Link
 * @param events where its events are asked for by EPCIS
 */
export function linksetOf(page: string, events: string): JsonObject {
  const pages = languages.map((language) => ({
    href: `${page}?lang=${language}`,
    title: titles.page[language],
    type: "text/html",
    hreflang: [language],
  }));
  const data = (href: string, { en, zh }: (typeof titles)["story" | "events"]): JsonObject => ({
    href,
    title: en,
    "title*": [
      { value: en, language: "en" },
      { value: zh, language: "zh" },
    ],
    type: "application/json",
  });
  const whole = { href: page, title: titles.page.en, type: "text/html", hreflang: [...languages] };
  return {
    linkset: [
      {
        anchor: page,
        [`${voc}defaultLink`]: [whole],
        [`${voc}pip`]: pages,
        [`${voc}traceability`]: [data(`${page}?linkType=gs1:traceability`, titles.story)],
        [`${voc}epcis`]: [data(events, titles.events)],
      },
    ],
  };
}
