import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readAnswer, readDay, readNumber } from '../../server/imports/answer.rules.ts';
import type { Item } from '../../server/instruments/document.ts';

const number: Item = {
  id: 'n',
  label: 'N',
  kind: 'number',
  min: -60,
  max: 60,
  integer: false,
  required: true,
};
const text: Item = { id: 't', label: 'T', kind: 'text', maxLength: 50, required: true };

describe('numbers', () => {
  test.each([
    ['12', 12],
    ['-3.5', -3.5],
    ['.5', 0.5],
    ['12.', 12],
    ['1e+05', 100_000],
    ['007', 7],
  ])('%s is %d', (cell, value) => expect(readNumber(cell)).toEqual({ value }));

  test.each(['12,5', '1.234,5', '-0,25', '1 234,5'])('%s: a decimal comma is named', (cell) =>
    expect(readNumber(cell)).toEqual({ refused: expect.stringMatching(/decimal point/) }),
  );
  test.each(['=1+1', '+5', '@A1'])('%s: a formula is text', (cell) =>
    expect(readNumber(cell)).toEqual({ refused: expect.stringMatching(/formula/) }),
  );
  test.each(['', 'twelve', '1e999', '0x10', 'NaN', 'Infinity', '1_000', '--1', '1-2', '١٢'])(
    '%j is no number',
    (cell) => expect(readNumber(cell)).toHaveProperty('refused'),
  );
  test('every finite number that JavaScript writes is read as itself', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(readNumber(String(value))).toEqual({ value: value === 0 ? 0 : value });
      }),
    );
  });
});

describe('days', () => {
  test('YYYY-MM-DD, of days that there are', () => {
    expect(readDay('2028-02-29')).toEqual({ value: '2028-02-29' });
    expect(readDay('')).toEqual({ value: null });
  });
  test.each(['31.3.2026', '03/04/26', '2026-2-3', '2026-02-29', '20260203', '2026-02-03T00:00'])(
    '%s is refused',
    (cell) => expect(readDay(cell)).toEqual({ refused: expect.stringContaining('YYYY-MM-DD') }),
  );
});

describe('answers', () => {
  const rule = { missing: { '': 'unknown', NA: 'unknown', '-9': 'refused' } };
  test('a missing code of the mapping comes before everything else', () => {
    expect(readAnswer(number, rule, '')).toEqual({ value: { missing: 'unknown' } });
    expect(readAnswer(number, rule, '-9')).toEqual({ value: { missing: 'refused' } });
    expect(readAnswer(text, rule, 'NA')).toEqual({ value: { missing: 'unknown' } });
  });
  test('a blank cell is no answer unless the mapping says so', () =>
    expect(readAnswer(number, {}, '')).toEqual({ value: null }));
  test('a cell that the codes don’t list is refused, whatever it looks like', () => {
    const coded = { codes: { yes: '1', no: '0' } };
    expect(readAnswer(number, coded, 'yes')).toEqual({ value: { value: 1 } });
    expect(readAnswer(number, coded, '1')).toEqual({ refused: expect.stringContaining('“yes”, “no”') });
    expect(readAnswer(number, coded, 'constructor')).toHaveProperty('refused');
  });
  test('a formula in a text is text', () =>
    expect(readAnswer(text, {}, '=cmd|"/c calc"!A1')).toEqual({ value: { value: '=cmd|"/c calc"!A1' } }));
});
