import { smallInitial } from '../../server/language/initial.rules.ts';
import { sayer } from '../../server/language/said.rules.ts';
import { catalogue, servedTexts } from './catalogue.ts';

/** Texts of the study that is open; what the server says names its visits and forms. */
const ofStudy: Record<string, string> = {};
const fresh = () =>
  sayer(servedTexts, {
    ...Object.fromEntries(
      Object.entries(ofStudy).map(([text, words]) => [smallInitial(text), smallInitial(words)]),
    ),
    ...ofStudy,
    ...catalogue,
  });
let say = fresh();

/** Takes the translations of a document for what the server says of it. */
export function learn(words: Readonly<Record<string, string>>): void {
  const before = Object.keys(ofStudy).length;
  Object.assign(ofStudy, words);
  if (Object.keys(ofStudy).length > before) say = fresh();
}

/** Texts of the study that is open, each with its translation. */
export const textsLearnt = (): ReadonlyMap<string, string> => new Map(Object.entries(ofStudy));

/** A text that came in English, from the server or its rules, in the language of the page. */
export const said = (text: string): string => say(text);
