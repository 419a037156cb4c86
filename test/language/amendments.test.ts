import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { sayer } from '../../server/language/said.rules.ts';
import { differences } from '../../server/studies/difference.rules.ts';
import type { StudyDocument } from '../../server/studies/document.ts';
import { shipped } from '../setup/shipped.ts';

const words: Record<string, string> = JSON.parse(readFileSync('data/language/amendments.fi.json', 'utf8'));
const { document, instruments } = await shipped('ipt-depression');
const say = sayer(words, document.translations!.fi!);

const changed = (change: (document: StudyDocument) => void): string[] => {
  const after = structuredClone(document) as StudyDocument;
  change(after);
  const all = [...instruments.values()];
  return differences({ document, instruments: all }, { document: after, instruments: all })
    .flatMap(({ changes }) => changes)
    .map(say);
};

test('a window is widened, by the visit’s Finnish name', () => {
  expect(
    changed(({ visits }) => {
      const visit = visits.find(({ id }) => id === 'm3')!;
      visit.window = { ...visit.window, after: visit.window.after + 7 };
    }),
  ).toEqual([expect.stringMatching(/^3 kuukautta: aikaikkuna jälkeen \d+ → \d+ päivää$/)]);
});

test('a visit, an instrument and a reason come and go', () => {
  expect(changed(({ visits }) => void visits.pop())).toEqual(['Poistettu: käynti 12 kuukautta']);
  expect(changed(({ visits }) => void visits.at(-1)!.instruments.pop())).toEqual([
    expect.stringMatching(/^Poistettu käynniltä 12 kuukautta: mittari /),
  ]);
  expect(
    changed(({ lossReasons }) => void lossReasons.push({ id: 'x', label: 'Moved away' } as never)),
  ).toEqual(['Lisätty: syy Muutti pois']);
});

test('a target and a text change, each between its old and new', () => {
  expect(changed((one) => Object.assign(one.recruitment, { target: 200 }))).toEqual([
    'rekrytointitavoite 134 → 200',
  ]);
  expect(changed((one) => Object.assign(one, { short: 'Therapies' }))).toEqual([
    'lyhenne “Depression therapies” → “Therapies”',
  ]);
});
