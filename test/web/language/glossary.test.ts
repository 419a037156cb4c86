import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { finnish } from '../../../web/language/fi.ts';

interface Term {
  english: string;
  term: string;
  stems: string[];
  not: string[];
}

const listed = (cell: string): string[] =>
  cell
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');

const terms: Term[] = readFileSync('docs/glossary.md', 'utf8')
  .split('\n')
  .filter((line) => /^\| [a-z]/.test(line))
  .map((line) => {
    const [english = '', term = '', stems = '', not = ''] = line
      .split('|')
      .slice(1)
      .map((cell) => cell.trim());
    return { english, term, stems: listed(stems), not: listed(not) };
  });

/** What the text says, without the names of its arguments. */
const spoken = (message: string): string => message.replace(/\{([a-z]\w*)(?=[,}])/g, '{').toLowerCase();
/** How often the Finnish of a term may be another word: idioms, and English words with a second meaning. */
const OFTEN = 0.9;

test('the glossary has the main nouns, each once, with its own term among its stems', () => {
  expect(terms.length).toBeGreaterThan(30);
  expect(new Set(terms.map(({ english }) => english)).size).toBe(terms.length);
  for (const { english, term, stems } of terms)
    expect(
      stems.some((stem) => term.includes(stem)),
      english,
    ).toBe(true);
});

describe.each(terms)('$english', ({ english, stems, not }) => {
  const word = new RegExp(`(?<![\\w-])${english}s?(?![\\w-])`);
  const said = Object.entries(finnish).filter(([text]) => word.test(spoken(text)));

  test('is said with its own Finnish word', () => {
    const other = said.filter(([, words]) => !stems.some((stem) => spoken(words).includes(stem)));
    expect(
      other.length <= said.length * (1 - OFTEN) ? [] : other.map(([text, words]) => `${text} → ${words}`),
    ).toEqual([]);
  });

  test.runIf(not.length > 0)('is never said with another', () => {
    const wrong = said.filter(([, words]) => not.some((one) => spoken(words).includes(one)));
    expect(wrong.map(([text, words]) => `${text} → ${words}`)).toEqual([]);
  });
});
