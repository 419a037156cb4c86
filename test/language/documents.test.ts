import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { sayer } from '../../server/language/said.rules.ts';
import { documentTexts, hole } from './serverTexts.ts';

const words: Record<string, string> = JSON.parse(readFileSync('data/language/documents.fi.json', 'utf8'));
const say = sayer(words);

test('Finnish is there for what is wrong with a document', () => {
  const lacking = documentTexts().filter(({ text }) => say(text) === text);
  expect(lacking.map(({ file, text }) => `${file}: ${text.replaceAll(hole, '{}')}`)).toEqual([]);
});

// As test/studies/broken.test.ts has them of a broken study.
test.each([
  [
    'Found “vresion”, which is no part of this document. Look for a misspelling, or take it out.',
    'Tässä on ”vresion”, joka ei kuulu tähän asiakirjaan. Tarkista kirjoitusasu tai poista se.',
  ],
  ['Missing; expected a number.', 'Puuttuu; tarvitaan luku.'],
  [
    'Found a block of 5; expected a multiple of 2, the sum of the ratio.',
    'Lohkon koko on 5; tarvitaan suhteen summan 2 monikerta.',
  ],
  ['Found “m9”; expected an arm: a1 or b1.', 'Tässä on ”m9”; tarvitaan haara: a1 tai b1.'],
])('%s', (english, finnish) => {
  expect(say(english)).toBe(finnish);
});
