import { inLanguage } from '../../server/documents/translations.rules.ts';
import type { StudyView } from '../../server/studies/contract.ts';
import { language } from './language.ts';
import { learn } from './served.ts';

/** The study and its instruments with their texts in the language of the page, as far as they are translated. */
export function inOwnLanguage(view: StudyView): StudyView {
  const translated = [view.document, ...view.instruments].filter(
    ({ translations }) => translations?.[language] !== undefined,
  );
  if (translated.length === 0) return view;
  for (const { translations } of translated) learn(translations![language]!);
  return {
    ...view,
    document: inLanguage(view.document, language),
    instruments: view.instruments.map((one) => inLanguage(one, language)),
  };
}
