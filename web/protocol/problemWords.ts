import { sayer } from '../../server/language/said.rules.ts';
import { language } from '../language/language.ts';
import { said } from '../language/served.ts';

const words = language === 'fi' ? (await import('../../data/language/documents.fi.json')).default : null;
const say = words === null ? null : sayer(words);

/**
 * What is wrong with a document, in the language of the page; its keys and values stay as they are written there. What
 * the catalogue doesn’t know stays in English.
 */
export function problemInWords(message: string): string {
  if (say === null) return message;
  const known = say(message);
  return (known === message ? said(message) : known).replaceAll('“', '”');
}
