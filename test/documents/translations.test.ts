import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import type { DocumentError } from '../../server/documents/error.ts';
import type { Warnings } from '../../server/documents/parse.ts';
import { inLanguage, lackingTranslations } from '../../server/documents/translations.rules.ts';
import { type Instruments, loadInstruments } from '../../server/instruments/load.ts';
import { loadStudy, parseStudy } from '../../server/studies/load.ts';

const small = readFileSync('test/studies/small.yaml', 'utf8');
let instruments: Instruments;
beforeAll(async () => {
  instruments = await loadInstruments('data/instruments');
});

const lines = small.trimEnd().split('\n').length;
const withWords = (...words: string[]) =>
  `${small.trimEnd()}\ntranslations:\n  fi:\n${words.map((one) => `    ${one}\n`).join('')}`;
/** Line of the small study that has the text, from 1. */
const lineOf = (text: string) => small.split('\n').findIndex((line) => line.includes(text)) + 1;

test('a translation of a text that isn’t there is an error at its line and column', () => {
  let found: string[] = [];
  try {
    parseStudy(withWords('1 month: 1 kuukausi', '1 mnoth: 1 kuukausi'), { file: 'small.yaml', instruments });
  } catch (error) {
    found = (error as DocumentError).issues.map(
      ({ line, column, message }) => `${line}:${column} ${message}`,
    );
  }
  expect(found).toEqual([
    `${lines + 4}:5 “1 mnoth” is no text of this document. Write it as it stands there, or take it out.`,
  ]);
});

test('a text without a translation is a warning where it stands, and the document is used', () => {
  const told: Warnings[] = [];
  const text = withWords('1 month: 1 kuukausi');
  const { document } = parseStudy(text, {
    file: 'small.yaml',
    instruments,
    warn: (one) => void told.push(one),
  });
  expect(document.translations).toEqual({ fi: { '1 month': '1 kuukausi' } });
  const second = told[0]!.issues.find(({ message }) => message.includes('“2 months”'))!;
  expect(second).toMatchObject({
    line: lineOf('2 months'),
    column: small.split('\n')[lineOf('2 months') - 1]!.indexOf('2 months') + 1,
    message: '“2 months” has no translation into fi.',
  });
  expect(told[0]!.issues.some(({ message }) => message.includes('“1 month”'))).toBe(false);
});

test('a document that speaks no other language warns of nothing', () => {
  const told: Warnings[] = [];
  parseStudy(small, { file: 'small.yaml', instruments, warn: (one) => void told.push(one) });
  expect(told).toEqual([]);
});

test('labels are put into the language; names, codes and what else is no text stay', () => {
  const text = withWords('1 month: 1 kuukausi', 'Baseline: Lähtötilanne');
  const { document } = parseStudy(text, { file: 'small.yaml', instruments });
  const finnish = inLanguage(document, 'fi');
  expect(finnish.visits.map(({ label }) => label)).toEqual(['Lähtötilanne', '1 kuukausi', '2 months']);
  expect(finnish.visits.map(({ label, ...rest }) => rest)).toEqual(
    document.visits.map(({ label, ...rest }) => rest),
  );
  expect(inLanguage(document, 'sv')).toBe(document);
});

test('an id that reads as a text is never translated', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), (text) => {
      const document = {
        id: text,
        label: text,
        list: [{ code: text, label: text }],
        translations: { fi: { [text]: 'X' } },
      };
      expect(inLanguage(document, 'fi')).toEqual({
        ...document,
        label: 'X',
        list: [{ code: text, label: 'X' }],
      });
    }),
  );
});

test('the default study is wholly in Finnish, and so are the forms that Equipoise wrote', async () => {
  const { document, instruments: used } = await loadStudy('data/studies/ipt-depression.yaml', [
    'data/instruments',
  ]);
  expect(lackingTranslations(document)).toEqual([]);
  const own = [...instruments.values()].filter(
    ({ rater, licence }) => rater === 'staff' && /Equipoise/.test(licence),
  );
  expect(own.length).toBeGreaterThan(2);
  for (const one of own) {
    expect(one.translations?.fi, one.id).toBeDefined();
    expect(lackingTranslations(one), one.id).toEqual([]);
  }
  for (const one of used) expect(one.translations?.fi?.[one.title], one.id).toBeDefined();
});
