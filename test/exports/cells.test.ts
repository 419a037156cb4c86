import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cell, line, textCell } from '../../server/exports/cells.ts';

describe('cells of a CSV (RFC 4180, section 2)', () => {
  test.each([
    ['plain', 'plain'],
    ['a,b', '"a,b"'],
    ['say "no"', '"say ""no"""'],
    ['two\r\nlines', '"two\r\nlines"'],
    ['', ''],
    [null, ''],
    [0, '0'],
    [-3.5, '-3.5'],
    [13.5, '13.5'],
  ])('%j is written %j', (value, written) => expect(cell(value)).toBe(written));

  test('a line ends with CR and LF', () => expect(line(['a', 'b'])).toBe('a,b\r\n'));

  test('another reader gets back every row that was written', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 2, maxLength: 5 })),
        (rows) => {
          const width = 3;
          const table = rows.map((row) => [...row, '', '', ''].slice(0, width));
          const text = table.map((row) => line(row.map(cell))).join('');
          const read = parse(text, { record_delimiter: '\r\n' }) as string[][];
          expect(read).toEqual(table);
        },
      ),
    );
  });
});

describe('free text that a spreadsheet would run', () => {
  test.each([
    ['=1+1', "'=1+1"],
    ['+358 40 123', "'+358 40 123"],
    ['-', "'-"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['=HYPERLINK("http://x","y")', '"\'=HYPERLINK(""http://x"",""y"")"'],
    ["'=1", "''=1"],
    ['1-2', '1-2'],
    ["it's", "it's"],
  ])('%j is written %j', (value, written) => expect(textCell(value)).toBe(written));

  test('no cell begins with a sign that starts a formula, and taking one mark away gives back the text', () => {
    const sign = fc.constantFrom('', '=', '+', '-', '@', '\t', '\r', '\n', "'", "'=", "''-");
    fc.assert(
      fc.property(sign, fc.string(), (begin, rest) => {
        const text = begin + rest;
        const [[read]] = parse(`${textCell(text)},end\r\n`, { record_delimiter: '\r\n' }) as [[string]];
        expect(read).not.toMatch(/^[=+\-@\t\r\n]/);
        expect(/^'+[=+\-@\t\r\n]/.test(read) ? read.slice(1) : read).toBe(text);
      }),
    );
  });
});
