import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { textsOf } from '../documents/translations.rules.ts';
import type { Language } from '../language/language.rules.ts';
import { phraser } from '../language/phrase.rules.ts';
import { dataFolder } from '../paths.ts';
import type { Study } from '../studies/study.ts';

export type Say = (text: string) => string;

const words = (name: string): Record<string, string> =>
  JSON.parse(readFileSync(join(dataFolder, 'language', name), 'utf8'));

const KEPT = 8;
const kept = new Map<string, Say>();

/** Says the words of a study's figures in a language; null for English, in which they are written. */
export function figureWords(
  study: Pick<Study, 'hash' | 'document' | 'instruments'>,
  language: Language | undefined,
): Say | null {
  if (language === undefined || language === 'en') return null;
  const key = `${language} ${study.hash}`;
  const known = kept.get(key) ?? made(study, language);
  kept.delete(key);
  kept.set(key, known);
  if (kept.size > KEPT) kept.delete(kept.keys().next().value!);
  return known;
}

function made({ document, instruments }: Pick<Study, 'document' | 'instruments'>, language: Language): Say {
  const documents = [...instruments.values(), document];
  // What is translated nowhere stays whole: “Work and activities” is no list.
  const own = Object.fromEntries(documents.flatMap((one) => [...textsOf(one)]).map((text) => [text, text]));
  const whole = Object.entries(words(`${language}.json`)).filter(([text]) => !text.includes('{'));
  const charts = { ...words(`methods.${language}.json`), ...words(`figures.${language}.json`) };
  return phraser(
    { ...Object.fromEntries(whole), ...charts },
    {
      ...own,
      ...Object.fromEntries(Object.entries(charts).filter(([text]) => Object.hasOwn(own, text))),
      ...Object.assign({}, ...documents.map(({ translations }) => translations?.[language])),
    },
  );
}
