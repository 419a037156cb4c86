import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Refusal } from '../http/wire.ts';
import { dataFolder } from '../paths.ts';
import type { Language } from './language.rules.ts';
import { sayer } from './said.rules.ts';

const sayers: Partial<Record<Language, (text: string) => string>> = {};

/** Says in the language what the server wrote in English; as it is, where the language has no words for it. */
export function speak(language: Language): (text: string) => string {
  if (language === 'en') return (text) => text;
  sayers[language] ??= sayer(
    JSON.parse(readFileSync(join(dataFolder, 'language', `${language}.json`), 'utf8')) as Record<
      string,
      string
    >,
  );
  return sayers[language];
}

/** The words of a refusal in the language; its code, reference and state are the same in each. */
export function refusalIn(language: Language, refusal: Refusal): Refusal {
  const say = speak(language);
  const issues = refusal.issues?.map((issue) => ({ ...issue, message: say(issue.message) }));
  return { ...refusal, message: say(refusal.message), ...(issues ? { issues } : {}) };
}
