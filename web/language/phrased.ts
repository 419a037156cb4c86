import { phraser } from '../../server/language/phrase.rules.ts';
import { catalogue } from './catalogue.ts';
import { language } from './language.ts';
import { textsLearnt } from './served.ts';

const methods = language === 'fi' ? (await import('../../data/language/methods.fi.json')).default : null;

let say: (text: string) => string = (text) => text;
let learnt = -1;

/**
 * Sentences that are put together from many parts, in the language of the page: what is said of methods, of an
 * estimand, of allocation. Only pages that say such load their words.
 */
export function phrased(text: string): string {
  if (methods === null) return text;
  const study = textsLearnt();
  if (learnt !== study.size) {
    learnt = study.size;
    const whole = Object.entries(catalogue).filter(([english]) => !english.includes('{'));
    say = phraser({ ...Object.fromEntries(whole), ...methods }, Object.fromEntries(study));
  }
  return say(text);
}
