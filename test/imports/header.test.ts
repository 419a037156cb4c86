import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ImportMapping } from '../../server/imports/contract.ts';
import { DELIMITERS, readHeader } from '../../server/imports/header.ts';
import { records } from '../../server/imports/records.ts';
import { Refusals } from '../../server/imports/refusals.ts';
import { spool } from '../../server/imports/spool.ts';
import { mapping } from '../integration/imports/mapped.ts';

const small = mapping({
  screenedOn: undefined,
  randomisedOn: undefined,
  arm: undefined,
  screening: [{ field: 'sex', column: 'sex' }],
  ignore: ['note'],
});

async function read(text: string | Buffer, wanted: ImportMapping = small) {
  const spooled = await spool(typeof text === 'string' ? text : Readable.from([text]));
  try {
    const header = await readHeader(spooled.open(), wanted);
    const refusals = new Refusals();
    const rows: (readonly [number, ...string[]])[] = [];
    let count = 0;
    for await (const batch of records(spooled.open(), header, refusals)) {
      count += batch.read;
      rows.push(...batch.rows.map((row) => [row.number, ...row.cells] as const));
    }
    return { header, rows, count, refused: refusals.listed };
  } finally {
    await spooled.remove();
  }
}

describe('ways to write the same file', () => {
  const rows = [
    [2, '1', 'f', 'says "no"'],
    [3, '2', 'm', 'two\nlines; and, more'],
  ];
  test.each([
    ['commas', 'id,sex,note\r\n1,f,"says ""no"""\r\n2,m,"two\nlines; and, more"\r\n'],
    ['semicolons', 'id;sex;note\r\n1;f;"says ""no"""\r\n2;m;"two\nlines; and, more"\r\n'],
    ['tabs', 'id\tsex\tnote\n1\tf\t"says ""no"""\n2\tm\t"two\nlines; and, more"'],
    ['pipes', 'id|sex|note\n1|f|"says ""no"""\n2|m|"two\nlines; and, more"\n'],
    ['a byte-order mark', '\uFEFFid,sex,note\n1,f,"says ""no"""\n2,m,"two\nlines; and, more"\n'],
    [
      'white space and empty lines',
      ' id , sex ,note\n\n 1 , f ,"says ""no"""\n2,m,"two\nlines; and, more"\n\n',
    ],
  ])('%s', async (name, text) => {
    const result = await read(text);
    expect(result.header.columns).toEqual(['id', 'sex', 'note']);
    expect(result.refused).toEqual([]);
    const shift = name === 'white space and empty lines' ? 1 : 0;
    expect(result.rows).toEqual(rows.map(([row, ...cells]) => [Number(row) + shift, ...cells]));
  });

  test('any table, with any delimiter, is read as it was written', async () => {
    const word = fc
      .string({ unit: 'grapheme', maxLength: 8 })
      .filter((text) => text.trim() === text && !text.includes('\0'));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...DELIMITERS),
        fc.array(fc.tuple(word, word), { maxLength: 5 }),
        async (by, table) => {
          const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
          const text = [['id', 'sex', 'note'], ...table.map(([a, b]) => ['1', a, b])]
            .map((cells) => cells.map(quote).join(by))
            .join('\r\n');
          const { rows: result } = await read(text);
          expect(result.map(([, ...cells]) => cells)).toEqual(table.map(([a, b]) => ['1', a, b]));
        },
      ),
      { numRuns: 60 },
    );
  });

  test('rows of blank cells, as spreadsheets leave them, are no rows', async () => {
    expect(await read('id,sex,note\n1,f,x\n,,\n  ,,\n')).toMatchObject({ count: 1, refused: [] });
  });

  test('blank cells beyond the header are left out, others are refused', async () => {
    const result = await read('id,sex,note\n1,f,x,,\n2,m,y,surplus\n3,m\n4,f,z\n');
    expect(result.rows.map(([row]) => row)).toEqual([2, 5]);
    expect(result.count).toBe(4);
    expect(result.refused).toEqual([
      { row: 3, column: null, cell: null, why: 'The row has 4 cells; the header has 3 columns.' },
      { row: 4, column: null, cell: null, why: 'The row has 2 cells; the header has 3 columns.' },
    ]);
  });
});

describe('headers that don’t fit', () => {
  test.each([
    [
      'id,Sex,note',
      /wants a column “sex”; the file has none\. “Sex” may be it\..*has a column “Sex” that the mapping/,
    ],
    [
      'id,sex,note,extra',
      /has a column “extra”.*list it under ignore.*The file’s columns: id, sex, note, extra/,
    ],
    ['id,sex,sex', /more than one column “sex”/],
    ['id,sex,', /Column 3 of the file has no name/],
    ['id;sex;age,note', /“age,note”/],
    ['"id,sex', /can’t be read as a header/],
  ])('%s', async (header, message) => {
    await expect(read(`${header}\n1,f,x\n`)).rejects.toMatchObject({
      kind: 'not-valid',
      message: expect.stringMatching(message),
    });
  });

  test('a mapping’s own delimiter is not second-guessed', async () => {
    await expect(read('id,sex,note\n1,f,x\n', { ...small, delimiter: ';' })).rejects.toMatchObject({
      message: expect.stringContaining('“id,sex,note”'),
    });
  });
});

describe('files that are none', () => {
  test.each([
    ['nothing', Buffer.from(''), /empty/],
    ['white space', Buffer.from('\uFEFF \n\n'), /empty/],
    ['a spreadsheet', Buffer.from('PK\u0003\u0004 xl/workbook.xml'), /spreadsheet or an archive/],
    ['binary data', Buffer.from([0x69, 0x64, 0x00, 0x01]), /binary/],
    ['UTF-16', Buffer.from('\uFEFFid,sex', 'utf16le'), /UTF-16/],
    ['Latin-1', Buffer.from('id,sex,note\n1,f,Äiti\n', 'latin1'), /isn’t in UTF-8/],
    ['half a letter', Buffer.from('id,sex,note\n1,f,Ä').subarray(0, -1), /isn’t in UTF-8/],
  ])('%s', async (_, bytes, message) => {
    await expect(read(bytes)).rejects.toMatchObject({
      kind: 'not-valid',
      message: expect.stringMatching(message),
    });
  });
});

describe('broken quotation marks end the reading, and say where', () => {
  test('one that is never closed', async () => {
    const result = await read('id,sex,note\n1,f,x\n2,m,"never closed\n3,f,y\n');
    expect(result.refused).toMatchObject([{ row: 3, why: expect.stringMatching(/not closed/) }]);
  });
  test('one in the middle of a cell', async () => {
    const result = await read('id,sex,note\n1,f,"x"y\n2,m,z\n');
    expect(result.refused).toMatchObject([{ row: 2, why: expect.stringMatching(/stands where none can/) }]);
  });
  test('one that swallows more than a million characters', async () => {
    const result = await read(`id,sex,note\n1,f,"${'x'.repeat(1_100_000)}\n`);
    expect(result.refused).toMatchObject([{ row: 2, why: expect.stringMatching(/not closed/) }]);
  });
});
