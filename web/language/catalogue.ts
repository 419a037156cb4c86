import { language } from './language.ts';

/**
 * English text → text in the language of the page; empty in English, which then costs nothing.
 * Awaited here, so that every module that is evaluated later finds its words.
 */
export const catalogue: Readonly<Record<string, string>> =
  language === 'fi' ? (await import('./fi.ts')).finnish : {};
