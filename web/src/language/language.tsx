import { createContext, use, useEffect, useState, type ReactNode } from "react";
import { en } from "./en.ts";
import type { Words } from "./words.ts";
import { zh } from "./zh.ts";

type Language = "en" | "zh";

interface Spoken {
  language: Language;
  words: Words;
  switchLanguage: () => void;
}

const place = "sheaf.language";
const dictionaries: Record<Language, Words> = { en, zh };
const LanguageContext = createContext<Spoken>({
  language: "en",
  words: en,
  switchLanguage: () => undefined,
});

function remembered(): Language {
  const kept = localStorage.getItem(place) ?? navigator.language;
  return kept.startsWith("zh") ? "zh" : "en";
}

export function LanguageProvider({ children }: { children: ReactNode }): ReactNode {
  const [language, setLanguage] = useState(remembered);

  useEffect(() => {
    document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  }, [language]);

  const switchLanguage = (): void => {
    const next = language === "zh" ? "en" : "zh";
    localStorage.setItem(place, next);
    setLanguage(next);
  };
  return (
    <LanguageContext value={{ language, words: dictionaries[language], switchLanguage }}>
      {children}
    </LanguageContext>
  );
}

export function useLanguage(): Spoken {
  return use(LanguageContext);
}

export function useWords(): Words {
  return use(LanguageContext).words;
}
