import { sayer } from '../../server/language/said.rules.ts';
import { language } from '../language/language.ts';
import { textsLearnt } from '../language/served.ts';

const words = language === 'fi' ? (await import('../../data/language/amendments.fi.json')).default : null;

let say: (text: string) => string = (text) => text;
let learnt = -1;

/**
 * What an amendment changes, in the language of the page: nouns, the keys of the document that have a name, and the
 * study’s own texts. A key without a name stays as the document has it.
 */
export function changeInWords(change: string): string {
  if (words === null) return change;
  const study = textsLearnt();
  if (learnt !== study.size) {
    learnt = study.size;
    say = sayer(words, Object.fromEntries(study));
  }
  return say(change).replaceAll('“', '”');
}
