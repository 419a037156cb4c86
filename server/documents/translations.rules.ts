import type { Translations } from './document.ts';

interface Translated {
  translations?: Translations;
}

/** What is read by people. Of these the second are abbreviations and units, which many languages write alike. */
const read = new Set(
  'title name label text description message instruction recall steps low high nationalIdentifier'.split(' '),
);
const alike = new Set(['short', 'unit']);
/** Sites are called by their own names. */
const proper = new Set(['sites']);

type See = (text: string, path: PropertyKey[], needed: boolean) => void;

function walk(value: unknown, path: PropertyKey[], key: string, own: boolean, see: See): void {
  if (typeof value === 'string') {
    if (read.has(key) || alike.has(key)) see(value, path, read.has(key) && !own);
  } else if (Array.isArray(value)) {
    for (const [index, one] of value.entries()) walk(one, [...path, index], key, own, see);
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, one] of Object.entries(value))
      if (name !== 'translations') walk(one, [...path, name], name, own || proper.has(name), see);
  }
}

/** Every text of the document that people read, each once. */
export function textsOf(document: Translated): Set<string> {
  const texts = new Set<string>();
  walk(document, [], '', false, (text) => texts.add(text));
  return texts;
}

export interface Lacking {
  path: PropertyKey[];
  message: string;
}

/** Translations of texts that the document doesn’t have: a text that was changed, or misspelt. */
export function unknownTranslations(document: Translated): (Lacking & { key: string })[] {
  const texts = textsOf(document);
  return Object.entries(document.translations ?? {}).flatMap(([language, words]) =>
    Object.keys(words)
      .filter((text) => !texts.has(text))
      .map((text) => ({
        path: ['translations', language],
        key: text,
        message: `“${text}” is no text of this document. Write it as it stands there, or take it out.`,
      })),
  );
}

/** Texts that a language which the document speaks has no words for, where they first stand. They stay as they are. */
export function lackingTranslations(document: Translated): Lacking[] {
  const first = new Map<string, PropertyKey[]>();
  walk(document, [], '', false, (text, path, needed) => {
    if (needed && !first.has(text)) first.set(text, path);
  });
  return Object.entries(document.translations ?? {}).flatMap(([language, words]) =>
    [...first]
      .filter(([text]) => words[text] === undefined)
      .map(([text, path]) => ({ path, message: `“${text}” has no translation into ${language}.` })),
  );
}

function said<T>(value: T, key: string, words: Readonly<Record<string, string>>): T {
  if (typeof value === 'string')
    return ((read.has(key) || alike.has(key)) && Object.hasOwn(words, value) ? words[value] : value) as T;
  if (Array.isArray(value)) return value.map((one) => said(one, key, words)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [
      name,
      name === 'translations' ? one : said(one, name, words),
    ]),
  ) as T;
}

/** The document as it is read in a language; what has no translation stays in the document’s own. */
export function inLanguage<D extends Translated>(document: D, language: string): D {
  const words = document.translations?.[language];
  return words === undefined ? document : said(document, '', words);
}
