import type { Language } from '../../server/language/language.rules.ts';

export type { Language };
export const languages: Record<Language, string> = { en: 'English', fi: 'Suomi' };

const key = 'equipoise-language';
const known = (value: unknown): value is Language => typeof value === 'string' && value in languages;

/** What the person chose on this device by hand; null: the page goes by the browser. */
export function chosenHere(): Language | null {
  try {
    const kept = localStorage.getItem(key);
    return known(kept) ? kept : null;
  } catch {
    return null;
  }
}

/** What the person chose on this device, else the first language of the browser that there is; English elsewhere. */
function chosen(): Language {
  if (typeof document === 'undefined') return 'en';
  const kept = chosenHere();
  if (kept !== null) return kept;
  const spoken = navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase());
  return spoken.find(known) ?? 'en';
}

/** The language of the interface. It stays for the life of a page; another one loads the page anew. */
export const language: Language = chosen();

/** The tag that numbers, plurals and lists go by. */
export const locale: string = { en: 'en-GB', fi: 'fi-FI' }[language];

if (typeof document !== 'undefined') document.documentElement.lang = language;

/** Takes the language for this device and loads the page in it. What is typed into forms is kept on the device. */
export function chooseLanguage(next: Language): void {
  try {
    localStorage.setItem(key, next);
  } catch {
    return;
  }
  if (next !== language) location.reload();
}
