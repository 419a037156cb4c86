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

/** Says the words of a plan’s figures and report, which no study stands behind; its own labels stay as they are. */
export function planWords(language: Exclude<Language, 'en'>): Say {
  return phraser({ ...wholeTexts(language), ...chartTexts(language) }, {});
}

const wholeTexts = (language: Language): Record<string, string> =>
  Object.fromEntries(Object.entries(words(`${language}.json`)).filter(([text]) => !text.includes('{')));
const chartTexts = (language: Language): Record<string, string> => ({
  ...words(`methods.${language}.json`),
  ...words(`figures.${language}.json`),
});

function made({ document, instruments }: Pick<Study, 'document' | 'instruments'>, language: Language): Say {
  const documents = [...instruments.values(), document];
  // What is translated nowhere stays whole: “Work and activities” is no list.
  const own = Object.fromEntries(documents.flatMap((one) => [...textsOf(one)]).map((text) => [text, text]));
  const charts = chartTexts(language);
  return phraser(
    { ...wholeTexts(language), ...charts },
    {
      ...own,
      ...Object.fromEntries(Object.entries(charts).filter(([text]) => Object.hasOwn(own, text))),
      ...Object.assign({}, ...documents.map(({ translations }) => translations?.[language])),
    },
  );
}
