import { english } from "./words.en.ts";
import { chinese } from "./words.zh.ts";
import type { Words } from "./words.ts";

export const languages = ["zh", "en"] as const;
export type Language = (typeof languages)[number];

function isLanguage(text: string | undefined): text is Language {
  return languages.some((language) => language === text);
}

const tags: Readonly<Record<Language, string>> = { zh: "zh-CN", en: "en-GB" };

/** The words of a language, and its ways to write dates and numbers. */
export class Tongue {
  readonly words: Words;
  readonly tag: string;
  readonly #day: Intl.DateTimeFormat;
  readonly #number: Intl.NumberFormat;

  constructor(readonly language: Language) {
    this.words = language === "zh" ? chinese : english;
    this.tag = tags[language];
    this.#day = new Intl.DateTimeFormat(this.tag, { dateStyle: "long", timeZone: "UTC" });
    this.#number = new Intl.NumberFormat(this.tag, { maximumFractionDigits: 3 });
  }

  /** @param day `2026-08-12` */
  day(day: string): string {
    const date = new Date(`${day}T00:00:00Z`);
    return Number.isNaN(date.getTime()) ? day : this.#day.format(date);
  }

  /** @param seconds Unix time @param utcOffset seconds east of Greenwich */
  dayOf(seconds: number, utcOffset: number): string {
    return this.#day.format(new Date((seconds + utcOffset) * 1000));
  }

  number(value: number): string {
    return this.#number.format(value);
  }

  /** @param value °C */
  degrees(value: number): string {
    return this.#number.format(Math.round(value * 10) / 10);
  }

  /** @param unit UN/CEFACT code; undefined for pieces */
  quantity(value: number, unit: string | undefined): string {
    const { units } = this.words;
    return `${this.number(value)} ${unit === undefined ? units.pieces : (units.of[unit] ?? unit)}`;
  }

  /** The half of a name that is written in Latin and then in Chinese; any other name as it is. */
  name(name: string): string {
    const halves =
      /^([^\p{Script=Han}]*[\p{Script=Latin}\d)])\s+([^\p{Script=Latin}]*\p{Script=Han}.*)$/u.exec(
        name,
      );
    return halves?.[this.language === "zh" ? 2 : 1] ?? name;
  }

  /** What the steps of the Core Business Vocabulary are called by people. */
  step(step: string, type: string): string {
    const { steps } = this.words;
    return (
      steps[`${type} ${step}`] ?? steps[step] ?? (step.replaceAll("_", " ") || this.words.step)
    );
  }
}

const tongues: Readonly<Record<Language, Tongue>> = { zh: new Tongue("zh"), en: new Tongue("en") };

/**
 * What the reader wants to read: what the address says, else what the browser prefers, else Chinese, for that is where
 * the labels are.
 */
export function tongueFor(asked: string | undefined, accepted: string | undefined): Tongue {
  return tongues[isLanguage(asked) ? asked : preferred(accepted ?? "")];
}

function preferred(accepted: string): Language {
  const wanted = accepted.split(",").map((part, at) => {
    const [tag = "", ...parameters] = part.trim().toLowerCase().split(";");
    const weight = /q=([\d.]+)/.exec(parameters.join(";"))?.[1];
    return { language: tag.split("-")[0], weight: Number(weight ?? 1), at };
  });
  const best = wanted
    .filter(({ language, weight }) => isLanguage(language) && weight > 0)
    .sort((a, b) => b.weight - a.weight || a.at - b.at)[0]?.language;
  if (isLanguage(best)) return best;
  // Somebody reads something else: more of those read English than Chinese.
  return /[a-z]/i.test(accepted) ? "en" : "zh";
}
