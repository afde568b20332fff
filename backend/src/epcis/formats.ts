import { instantOf } from "../proof/instant.ts";
import { faultOfKey } from "../proof/gs1-key.ts";
import { vocabularies, type Vocabulary, type VocabularyName } from "../proof/vocabulary.ts";

/** What a text has to be, by the name that the schemas give it. */
export interface Format {
  /** Why a text is refused, in words; undefined where it is not. */
  readonly fault: (text: string) => string | undefined;
}

const uri = /^[A-Za-z][A-Za-z0-9+.-]*:[^\s\p{Cc}<>"{}|\\^`]+$/u;

function faultOfUri(text: string): string | undefined {
  return uri.test(text) ? undefined : "must be a URI";
}

/** The standard's own values are bare words, and nothing else may pass for one (EPCIS 2.0, section 10.2). */
const reserved =
  /^(?:urn:epcglobal:cbv:(?:bizstep|disp|btt|sdt|er):|https?:\/\/ns\.gs1\.org\/cbv\/)/;

function vocabularyFormat(name: VocabularyName): Format {
  const { words }: Vocabulary = vocabularies[name];
  return {
    fault: (text) => {
      if (words.has(text)) return undefined;
      if (reserved.test(text)) return "must be the bare word of this standard value";
      return uri.test(text) ? undefined : "must be a standard value or a URI";
    },
  };
}

function pattern(form: RegExp, says: string): Format {
  return { fault: (text) => (form.test(text) ? undefined : says) };
}

export const formats: Readonly<Record<string, Format>> = {
  ...Object.fromEntries(
    Object.keys(vocabularies).map((name) => [name, vocabularyFormat(name as VocabularyName)]),
  ),
  uri: { fault: faultOfUri },
  key: { fault: (text) => faultOfUri(text) ?? faultOfKey(text) },
  eventType: {
    fault: (text) => (uri.test(text) ? undefined : "must be an event type of EPCIS 2.0 or a URI"),
  },
  "date-time": {
    fault: (text) =>
      instantOf(text) === undefined ? "must be a time with its offset, ISO 8601" : undefined,
  },
  offset: pattern(/^[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00)$/, "must be an offset like +08:00"),
  version: pattern(/^\d+(?:\.\d+)*$/, "must be a version like 2.0"),
  uom: pattern(/^[A-Z0-9]{2,3}$/, "must be a unit code of UN/CEFACT Recommendation 20"),
  hexBinary: pattern(/^[A-Fa-f0-9]+$/, "must be hexadecimal digits"),
};
