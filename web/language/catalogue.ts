import { language } from './language.ts';

const words = language === 'fi' ? await import('./fi.ts') : null;

/**
 * English text → text in the language of the page; empty in English, which then costs nothing.
 * Awaited here, so that every module that is evaluated later finds its words.
 */
export const catalogue: Readonly<Record<string, string>> = words?.finnish ?? {};

/** Those of the catalogue that come from the server or its rules. */
export const servedTexts: Readonly<Record<string, string>> = words?.served ?? {};

/** What records and requests call their fields, states and kinds; empty in English, where their own names are words. */
export const recordNames: {
  fields: Readonly<Record<string, string>>;
  states: Readonly<Record<string, string>>;
} = words?.names ?? { fields: {}, states: {} };
