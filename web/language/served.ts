import { sayer } from '../../server/language/said.rules.ts';
import { catalogue, servedTexts } from './catalogue.ts';

const say = sayer(servedTexts, catalogue);

/** A text that came in English, from the server or its rules, in the language of the page. */
export const said = (text: string): string => (catalogue[text] === undefined ? say(text) : catalogue[text]);
