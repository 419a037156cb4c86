import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { dictionaryRows } from '../../server/exports/dictionary.ts';
import { type Layout, layoutOf } from '../../server/exports/layout.ts';
import { longColumns } from '../../server/exports/long.ts';
import { wideColumns } from '../../server/exports/wide.ts';
import { loadStudy } from '../../server/studies/load.ts';
import { smallTrial } from '../integration/imports/smallTrial.ts';

interface Entry {
  file: string;
  column: string;
  label: string;
  type: string;
  unit: string;
  minimum: string;
  maximum: string;
  codes: string;
  visit: string;
  instrument: string;
  item: string;
  source: string;
}

const dictionary = (layout: Layout, blinded: boolean): Entry[] =>
  parse(dictionaryRows(layout, blinded).join(''), { columns: true }) as Entry[];

describe.each(['ipt-depression', 'example-drug-trial', 'beat-the-blues'])('the dictionary of %s', (id) => {
  test.each([false, true])(
    'names every column of both files once, in their order (blinded: %s)',
    async (blinded) => {
      const layout = layoutOf([await loadStudy(`data/studies/${id}.yaml`, ['data/instruments'])]);
      const entries = dictionary(layout, blinded);
      const wide = wideColumns(layout, blinded);
      expect(entries.filter(({ file }) => file === 'wide').map(({ column }) => column)).toEqual(wide);
      expect(new Set(wide).size).toBe(wide.length);
      const long = entries
        .filter(({ file, item }) => file === 'long' && item === '')
        .map(({ column }) => column);
      expect(long).toEqual(longColumns(blinded));
      expect(entries.filter(({ label, source }) => label === '' || source === '')).toEqual([]);
    },
  );
});

describe('the dictionary of the small trial', () => {
  test('a choice has its codes, a number its range and unit, a score its rule', async () => {
    const entries = dictionary(layoutOf([await smallTrial()]), false);
    const of = (column: string) => entries.find((entry) => entry.column === column)!;
    expect(of('w8.phq9.1')).toMatchObject({
      type: 'code',
      codes: '0 = Not at all | 1 = Several days | 2 = More than half the days | 3 = Nearly every day',
      visit: 'w8',
      instrument: 'phq9',
      item: '1',
    });
    expect(of('baseline.background.weight-change')).toMatchObject({
      type: 'number',
      unit: 'kg',
      minimum: '-60',
      maximum: '60',
    });
    expect(of('w8.phq9.total')).toMatchObject({ type: 'number', minimum: '0', maximum: '27' });
    expect(of('w8.phq9.total').source).toContain('up to 2 missing items take the mean');
    expect(of('w8.phq9.1.missing').codes).toContain('refused = Refused');
    expect(of('screening.age')).toMatchObject({ unit: 'years', minimum: '18', maximum: '90' });
    expect(of('stratum.age').codes).toBe('under-40 = Under 40 years | 40-and-over = 40 years and over');
    expect(of('arm').codes).toBe('walking = Walking in groups | waiting = Waiting list');
  });

  test('a blinded one has no arm, and no event that could tell one', async () => {
    const layout = layoutOf([await smallTrial()]);
    const text = dictionaryRows(layout, true).join('');
    expect(text).not.toMatch(/walking|waiting/i);
    expect(dictionary(layout, true).map(({ column }) => column)).toContain('event.withdrawal');
    expect(dictionary(layout, false).map(({ column }) => column)).toContain('event.stopped-walking');
  });

  test('an item that an amendment dropped keeps its columns, after those in force', async () => {
    const before = await smallTrial();
    const dropped = structuredClone(before);
    for (const instrument of dropped.instruments)
      if (instrument.id === 'medication')
        instrument.items = instrument.items.filter(({ id }) => id !== 'other');
    dropped.document.visits = dropped.document.visits.filter(({ id }) => id === 'baseline');
    const columns = wideColumns(layoutOf([dropped, before]), false);
    expect(columns).toContain('baseline.medication.other');
    expect(columns.indexOf('w8.phq9.1')).toBeGreaterThan(columns.indexOf('baseline.medication.other'));
    expect([...columns].sort()).toEqual([...wideColumns(layoutOf([before]), false)].sort());
  });
});
