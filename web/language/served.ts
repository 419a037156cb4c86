import { catalogue, servedTexts } from './catalogue.ts';
import { t } from './t.ts';

interface Pattern {
  text: string;
  names: string[];
  shape: RegExp;
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Texts with arguments, as shapes that an English text of the server can be held against; the longest first. */
const patterns: Pattern[] = servedTexts
  .filter((text) => /\{\w+\}/.test(text))
  .sort((a, b) => b.length - a.length)
  .map((text) => ({
    text,
    names: [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!),
    shape: new RegExp(
      `^${text
        .split(/\{\w+\}/)
        .map(escaped)
        .join('(.+?)')}$`,
    ),
  }));

/**
 * A text that came in English, from the server or its rules, in the language of the page: the same text of the
 * catalogue, or the one whose arguments make it. What the catalogue doesn’t know stays as it came.
 */
export function said(text: string): string {
  if (catalogue[text] !== undefined) return t(text);
  for (const { text: known, names, shape } of patterns) {
    const found = shape.exec(text);
    if (found) return t(known, Object.fromEntries(names.map((name, i) => [name, said(found[i + 1]!)])));
  }
  return text;
}
