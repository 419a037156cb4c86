import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { ChoiceItem } from '../../server/instruments/document.ts';
import { loadInstruments } from '../../server/instruments/load.ts';

const instruments = await loadInstruments('data/instruments');
const get = (id: string) => instruments.get(id)!;
const codesOf = (id: string) =>
  get(id).items.map((item) => (item as ChoiceItem).options.map(({ value }) => value));

test('every file is called by its id and points editors to the schema', () => {
  expect(readdirSync('data/instruments').sort()).toEqual(
    [...instruments.keys()].map((id) => `${id}.yaml`).sort(),
  );
  for (const id of instruments.keys()) {
    expect(readFileSync(`data/instruments/${id}.yaml`, 'utf8')).toMatch(
      /^# yaml-language-server: \$schema=\.\.\/schemas\/instrument\.schema\.json\n/,
    );
  }
});

// The ranges of each publication's key.
test.each([
  ['hamd17', 17, 0, 52, 'lower'],
  ['phq9', 9, 0, 27, 'lower'],
  ['gad7', 7, 0, 21, 'lower'],
  ['cgi-s', 1, 1, 7, 'lower'],
  ['cgi-i', 1, 1, 7, 'lower'],
  ['sofas', 1, 1, 100, 'higher'],
  ['madrs', 10, 0, 60, 'lower'],
  ['who5', 5, 0, 100, 'higher'],
  ['qids-sr16', 16, 0, 27, 'lower'],
  ['wsas', 5, 0, 40, 'lower'],
  ['bdi-total', 1, 0, 63, 'lower'],
])('%s has %i scored items and runs from %i to %i, %s is better', (id, items, min, max, better) => {
  const [score] = get(id).scores;
  expect(get(id).items.filter(({ required }) => required)).toHaveLength(items);
  expect(score).toMatchObject({ id: 'total', min, max, better });
});

// Hamilton 1960: nine items graded 0 to 4, eight graded 0 to 2; item 16 has code 3 for "not assessed".
test('HAM-D17 has Hamilton’s grades', () => {
  const codes = codesOf('hamd17');
  const five = [1, 2, 3, 7, 8, 9, 10, 11, 15];
  for (const [index, item] of codes.entries()) {
    const expected = five.includes(index + 1) ? [0, 1, 2, 3, 4] : index + 1 === 16 ? [0, 1, 2, 3] : [0, 1, 2];
    expect(item).toEqual(expected);
  }
  expect((get('hamd17').items[15] as ChoiceItem).options[3]).toEqual({
    value: 3,
    label: 'Not assessed',
    scores: 0,
  });
});

test('bands are those that were published', () => {
  const bands = (id: string) =>
    get(id).scores.flatMap((score) =>
      score.bands.map(({ cuts }) => cuts.map(({ from, to }) => `${from}–${to}`)),
    );
  expect(bands('hamd17')).toEqual([
    ['0–7', '8–13', '14–18', '19–22', '23–52'],
    ['0–7', '8–16', '17–23', '24–52'],
  ]);
  expect(bands('phq9')).toEqual([['0–4', '5–9', '10–14', '15–19', '20–27']]);
  expect(bands('gad7')).toEqual([['0–4', '5–9', '10–14', '15–21']]);
  expect(bands('madrs')).toEqual([['0–6', '7–19', '20–34', '35–60']]);
  expect(bands('who5')).toEqual([['0–28', '29–50', '51–100']]);
  expect(bands('qids-sr16')).toEqual([['0–5', '6–10', '11–15', '16–20', '21–27']]);
  expect(bands('wsas')).toEqual([['0–9', '10–20', '21–40']]);
});

// CDISC controlled terminology for QRS, HAMD 17 and PHQ-9.
test('CDISC codes', () => {
  const { cdisc: hamd } = get('hamd17');
  expect(hamd).toMatchObject({ domain: 'RS', category: 'HAMD 17', scores: { total: 'HAMD118' } });
  expect(Object.values(hamd!.items)).toEqual(
    Array.from({ length: 17 }, (_, n) => `HAMD1${String(n + 1).padStart(2, '0')}`),
  );
  const { cdisc: phq } = get('phq9');
  expect(phq).toMatchObject({ domain: 'QS', scores: { total: 'PHQ0111' } });
  expect(Object.values(phq!.items)).toEqual(Array.from({ length: 9 }, (_, n) => `PHQ010${n + 1}`));
});

describe('what is licensed has no text', () => {
  test.each(['madrs', 'who5', 'qids-sr16', 'wsas', 'sofas', 'bdi-total'])('%s', (id) => {
    const instrument = get(id);
    expect(instrument.textShipped).toBe(false);
    for (const item of instrument.items) {
      expect(item.kind).toBe('number');
      expect(item.text).toBeUndefined();
      expect(item.label).toMatch(/^(Item \d+|SOFAS rating|BDI total)$/);
    }
  });
});

test('safety items, whatever the total', () => {
  const rules = [...instruments.values()].flatMap(({ id, safety }) =>
    safety.map(({ item, atLeast }) => [id, item, atLeast]),
  );
  expect(rules).toEqual([
    ['hamd17', '3', 2],
    ['phq9', '9', 1],
  ]);
});
