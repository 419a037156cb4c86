import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { instrumentDocument } from '../../../server/instruments/document.ts';
import { problemsOf, standsAgainst } from '../../../web/forms/problems.ts';

const read = (name: string) =>
  instrumentDocument.parse(parse(readFileSync(`data/instruments/${name}.yaml`, 'utf8')));
const missing = [{ code: 'refused', label: 'Refused' }];
const window = { opens: '2026-11-01', closes: '2026-11-30' };

it('names every blank in the order of the form and the date before them', () => {
  const hamd = read('hamd17');
  const values = Object.fromEntries(
    hamd.items.filter(({ id }) => id !== '4').map(({ id }) => [id, { value: 0 }]),
  );
  expect(problemsOf(hamd, { assessedOn: null, lateReason: null, values }, window, missing)).toEqual([
    { item: null, message: 'The date of assessment is blank.' },
    { item: '4', message: 'Item 4 has no answer. Score it, or choose why it is missing.' },
  ]);
});

it('asks for the reason of a day outside the window, and for nothing once it is given', () => {
  const sofas = read('sofas');
  const work = { assessedOn: '2026-12-02', lateReason: null, values: { rating: { value: 61 } } };
  expect(problemsOf(sofas, work, window, missing)).toHaveLength(1);
  expect(problemsOf(sofas, { ...work, lateReason: 'Participant ill' }, window, missing)).toEqual([]);
});

it('finds an impossible value', () => {
  const work = { assessedOn: '2026-11-02', lateReason: null, values: { rating: { value: 640 } } };
  expect(problemsOf(read('sofas'), work, window, missing)[0]?.message).toContain('above the maximum, 100');
});

it('says at the end of a form what stands against it, and nothing stands against a whole one', () => {
  const said = (value?: number) =>
    standsAgainst(read('sofas'), { values: value === undefined ? {} : { rating: { value } } }, missing);
  expect(said()).toBe('1 item has no answer yet.');
  expect(said(640)).toBe('One thing on this form can’t be right.');
  expect(said(61)).toBeNull();
});
