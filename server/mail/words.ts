import { inLanguage } from '../documents/translations.rules.ts';
import type { Language } from '../language/language.rules.ts';
import { speak } from '../language/speak.ts';
import type { Study } from '../studies/study.ts';

/** What a mail says, in English; each text is a whole text of the language’s catalogue with its values in it. */
export interface Letter {
  subject: string;
  paragraphs: string[];
}

/** The words of a mail in the language of whoever gets it; a paragraph that is a link stays as it is. */
export function letterIn(
  language: Language,
  { subject, paragraphs }: Letter,
): { subject: string; text: string } {
  const say = speak(language);
  return { subject: say(subject), text: `${paragraphs.map(say).join('\n\n')}\n` };
}

/** The study’s document as the reader of a mail knows it. */
export const documentIn = (language: Language, { document }: Pick<Study, 'document'>) =>
  inLanguage(document, language);

/** A day as the language writes it: 2026-11-30, 30.11.2026. */
export function dayIn(language: Language, iso: string): string {
  const [year, month, day] = iso.slice(0, 10).split('-').map(Number);
  return language === 'fi' ? `${day}.${month}.${year}` : iso.slice(0, 10);
}
