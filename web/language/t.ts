import { IntlMessageFormat, type PrimitiveType } from 'intl-messageformat';
import { catalogue } from './catalogue.ts';
import { locale } from './language.ts';

export type Values = Record<string, PrimitiveType>;

const read = new Map<string, IntlMessageFormat>();

/** The text in the language of the page, or as it is where there is no translation. */
export const translated = (text: string): string => catalogue[text] ?? text;

/**
 * A text of the interface in the language of the page. The English text is the key.
 * @param text ICU message: `'{visits, plural, one {# visit} other {# visits}} open'`; a literal, so that a test
 *   finds it and asks for its translation
 * @param values of its arguments; `sense` where one English word has two meanings that other languages tell apart
 */
export function t(text: string, values?: Values): string {
  const words = translated(text);
  if (values === undefined && !words.includes('{')) return words;
  let message = read.get(words);
  if (message === undefined) {
    message = new IntlMessageFormat(words, locale, undefined, { ignoreTag: true });
    read.set(words, message);
  }
  return String(message.format({ sense: '', ...values }));
}
