import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { DocumentError } from '../../server/documents/error.ts';
import { parseDocument } from '../../server/documents/parse.ts';

const schema = z.strictObject({ title: z.string(), list: z.array(z.number()).default([]) });

function problems(text: string): string[] {
  try {
    parseDocument(text, { file: 'a.yaml', schema });
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    expect(error.message).toMatch(/^a\.yaml can’t be used: /);
    return error.issues.map((issue) => `${issue.line}:${issue.column} ${issue.message}`);
  }
  return [];
}

test('a document is read with its defaults', () => {
  expect(parseDocument('title: Hyvinkää\n', { file: 'a.yaml', schema })).toEqual({
    title: 'Hyvinkää',
    list: [],
  });
});

test('Windows line ends and a byte order mark don’t move a problem', () => {
  expect(problems('\uFEFFtitle: A\r\nlist: [1, x]\r\n')).toEqual(['2:11 Found “x”; expected a number.']);
});

describe('what can’t be read says what to do', () => {
  test.each([
    [
      'a key twice',
      'title: A\nlist: []\ntitle: B\nlist: []\n',
      [
        '3:1 This key is there twice; each key may be there once.',
        '4:1 This key is there twice; each key may be there once.',
      ],
    ],
    [
      'tabs',
      'list:\n\t- 1\n\t- 2\n',
      ['2:1 Found a tab; indent with spaces.', '3:1 Found a tab; indent with spaces.'],
    ],
    [
      'too little indentation',
      'a:\n  - id: x\n   b: 1\nc: 2\n',
      ['3:1 This line doesn’t fit the lines around it. Check its indentation.'],
    ],
    [
      'a bracket that isn’t closed',
      'list: [1, 2\ntitle: A\n',
      ['2:1 This line doesn’t fit the lines around it. Check its indentation.'],
    ],
    [
      'a colon in a text',
      'title: Depression: a trial\n',
      [
        '1:8 This can’t be read as a key and its value. Check the indentation, and put a text that holds a colon and a space in quotes.',
      ],
    ],
    [
      'a text that begins with @',
      'title: @home\n',
      ['1:8 A text can’t begin with this character; put the text in quotes.'],
    ],
    [
      'a tag',
      'title: !secret x\n',
      ['1:8 Found a tag (!…); tags are not read. Put a text that begins with ! in quotes.'],
    ],
    [
      'two documents',
      'title: A\n---\ntitle: B\n',
      ['2:1 Found a second document after ---; a file holds one.'],
    ],
    [
      'another encoding',
      'title: Hyvink\uFFFD\n',
      ['1:14 Found a character that isn’t UTF-8; save the file as UTF-8.'],
    ],
    ['no keys at all', 'Dear all\n', ['1:1 Found “Dear all”; expected keys and values.']],
    ['nothing', '# only a comment\n', ['0:0 The file is empty.']],
    ['an image', '\x89PNG\r\n\x1a\n\0\0', ['0:0 This is not a text file: it holds zero bytes.']],
    [
      '5 MB',
      `title: ${'a'.repeat(5_000_000)}`,
      ['0:0 The file has 5.0 MB; a document may have at most 1 MB.'],
    ],
  ])('%s', (_, text, expected) => {
    expect(problems(text)).toEqual(expected);
  });

  test('aliases, so that a small file can’t expand without bound', () => {
    const bomb = [
      'a0: &a0 [x, x]',
      ...Array.from({ length: 30 }, (_, n) => `a${n + 1}: &a${n + 1} [*a${n}, *a${n}]`),
    ];
    const start = performance.now();
    const found = problems(bomb.join('\n'));
    expect(performance.now() - start).toBeLessThan(1000);
    expect(found[0]).toBe('2:10 Found the alias *a0; aliases are not read. Write the value out.');
  });

  test.each([
    ['lists', '1:51', '['.repeat(900_000)],
    ['closed lists', '1:51', `${'['.repeat(20_000)}${']'.repeat(20_000)}`],
    ['lists of lists', '1:51', '- '.repeat(5_000)],
    ['maps', '51:51', Array.from({ length: 1300 }, (_, n) => `${' '.repeat(n)}a:`).join('\n')],
  ])('nesting without end: %s', (_, where, text) => {
    expect(problems(text)).toEqual([
      `${where} The document is nested deeper than 50 levels; that can’t be meant.`,
    ]);
  });

  test('a key called __proto__ is a key like another', () => {
    expect(problems('title: A\n__proto__: { list: [] }\n')).toEqual([
      '2:1 Found “__proto__”, which is no part of this document. Look for a misspelling, or take it out.',
    ]);
  });
});
