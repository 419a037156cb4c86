import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { DocumentError } from '../../server/documents/error.ts';
import { loadInstruments, parseInstrument } from '../../server/instruments/load.ts';

const small = `equipoise: 1
id: small
short: Small
title: A small scale
rater: staff
licence: None
source: None
items:
  - { id: '1', label: First, kind: number, min: 0, max: 3 }
  - { id: '2', label: Second, kind: number, min: 0, max: 3 }
  - { id: note, label: Note, kind: text, required: false }
scores:
  - id: total
    label: Total
    of: ['1', '2']
    min: 0
    max: 6
    better: lower
    bands:
      - { id: cut, source: None, cuts: [{ from: 0, to: 3, label: Low }, { from: 4, to: 6, label: High }] }
safety:
  - { item: '2', atLeast: 2, steps: [Call] }
`;

function problems(...edits: [string, string][]): string[] {
  let text = small;
  for (const [what, becomes] of edits) {
    expect(text).toContain(what);
    text = text.replace(what, becomes);
  }
  try {
    parseInstrument(text, { file: 'small.yaml' });
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    return error.issues.map((issue) => `${issue.line}:${issue.column} ${issue.path}: ${issue.message}`);
  }
  return [];
}

describe('an instrument that doesn’t add up', () => {
  test.each<[string, [string, string][], string[]]>([
    ['nothing', [], []],
    [
      'a score’s ends',
      [['max: 6\n    better', 'max: 7\n    better']],
      [
        '17:10 scores, total, max: Found 7; by its items the score’s max is 6.',
        '20:88 scores, total, bands, cut, cuts, 2nd entry, to: Found 6; expected the score’s max, 7.',
      ],
    ],
    [
      'an item that there isn’t',
      [["of: ['1', '2']", "of: ['1', '3']"]],
      ['15:15 scores, total, of, 2nd entry: Found “3”; expected a choice or number item: 1 or 2.'],
    ],
    [
      'an item that counts twice',
      [["of: ['1', '2']", "of: ['1', { max: ['1', '2'] }]"]],
      ['15:15 scores, total, of, 2nd entry: Item 1 is there twice; it would count twice.'],
    ],
    [
      'a text in a score',
      [["    of: ['1', '2']\n", '']],
      [
        '13:5 scores, total, of: The score takes all items, but “note” is a text and adds up to nothing. List the items that count.',
      ],
    ],
    [
      'an id that YAML reads as a number',
      [["id: '2', label", 'id: 2, label']],
      ["10:11 items, 2nd entry, id: Found the number 2; expected text. Put it in quotes: '2'."],
    ],
    [
      'bands that overlap',
      [['from: 4', 'from: 3']],
      [
        '20:81 scores, total, bands, cut, cuts, 2nd entry, from: Found 3; expected more than 3, where the band before ends.',
      ],
    ],
    [
      'a safety rule that never holds',
      [['atLeast: 2', 'atLeast: 4']],
      ['22:27 safety, 1st entry, atLeast: Found 4; item 2 runs from 0 to 3, so the rule would hold never.'],
    ],
    [
      'a safety rule that always holds',
      [['atLeast: 2', 'atLeast: 0']],
      ['22:27 safety, 1st entry, atLeast: Found 0; item 2 runs from 0 to 3, so the rule would hold always.'],
    ],
    [
      'two items of one id',
      [["id: '2', label", "id: '1', label"]],
      [
        '10:11 items, 1, id: “1” is there twice; each id may be used once.',
        '15:15 scores, total, of, 2nd entry: Found “2”; expected a choice or number item: 1 or 1.',
        '22:13 safety, 1st entry, item: Found “2”; expected a choice or number item: 1 or 1.',
      ],
    ],
    [
      'more filled in than half',
      [['better: lower', 'better: lower\n    missing: { rule: mean, atMost: 2 }']],
      ['19:36 scores, total, missing, atMost: Found 2; at most half of the 2 items may be filled in, 1.'],
    ],
    [
      'an item upside down',
      [['label: First, kind: number, min: 0, max: 3', 'label: First, kind: number, min: 3, max: 3']],
      [
        '9:57 items, 1, max: Found 3; expected more than min, 3.',
        '16:10 scores, total, min: Found 0; by its items the score’s min is 3.',
      ],
    ],
  ])('%s', (_, edits, expected) => {
    expect(problems(...edits)).toEqual(expected);
  });
});

describe('folders', () => {
  const folders: string[] = [];
  afterEach(async () => {
    for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
  });
  async function folder(files: Record<string, string>): Promise<string> {
    const path = await mkdtemp(join(tmpdir(), 'instruments-'));
    folders.push(path);
    for (const [name, text] of Object.entries(files)) await writeFile(join(path, name), text);
    return path;
  }

  test('a site’s own document takes the place of the one that ships; other files are left alone', async () => {
    const own = small.replace('id: small', 'id: wsas').replace('A small scale', 'Licensed copy');
    const instruments = await loadInstruments(
      'data/instruments',
      await folder({ 'ours.yml': own, 'README.md': 'Ours' }),
    );
    expect(instruments.get('wsas')?.title).toBe('Licensed copy');
    expect(instruments.get('phq9')?.title).toBe('Patient Health Questionnaire, 9 items');
  });

  test('two documents of one id in one folder are an error', async () => {
    const path = await folder({ 'a.yaml': small, 'b.yaml': small });
    await expect(loadInstruments(path)).rejects.toThrow(
      `${join(path, 'b.yaml')}:1:1 id: Found “small”, which is the id of ${join(path, 'a.yaml')} too; each instrument of a folder needs its own.`,
    );
  });
});
