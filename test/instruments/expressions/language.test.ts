import { evaluate as feel } from 'feelin';
import { describe, expect, test } from 'vitest';
import {
  evaluate,
  nameOf,
  parseExpression,
  type Type,
  toDay,
  typeCheck,
  type Value,
} from '../../../server/instruments/expressions/rules.ts';

const values: Record<string, Value | null> = {
  weight: 80,
  height: 200,
  seen: [1, 3],
  born: toDay('1980-02-29'),
  visit: toDay('2026-04-02'),
  onset: toDay('2026-03'),
  word: 'no',
  blank: null,
};

function run(text: string, read = (name: string): Value | null => values[name] ?? null): Value | null {
  const parsed = parseExpression(text);
  if ('problem' in parsed) throw new Error(`${text}: ${parsed.problem.message}`);
  return evaluate(parsed.syntax, read);
}

const types: Record<string, Type> = {
  weight: 'number',
  height: 'number',
  seen: 'list',
  born: 'date',
  visit: 'date',
  word: 'text',
  blank: 'number',
};
function problemsOf(text: string): string[] {
  const parsed = parseExpression(text);
  if ('problem' in parsed) return [parsed.problem.message];
  return typeCheck(parsed.syntax, (name) => types[name] ?? null).problems.map(({ message }) => message);
}

describe('an expression', () => {
  // Body-mass index by its definition (WHO): kg / m²; 80 kg at 2 m is 20.
  test.each([
    ['weight / (height / 100) ** 2', 20],
    ['-2 ** 2', 4], // FEEL binds the sign closer than the power (DMN 1.3, 10.3.1.2, grammar rule 24)
    ['if weight > 70 then "heavy" else "light"', 'heavy'],
    ['weight in (70, 80)', true],
    ['weight in [70..80[', false],
    ['weight between 80 and 90', true],
    ['list contains(seen, 3) and not(list contains(seen, 2))', true],
    ['count(seen)', 2],
    ['sum(weight, height) + mean([1, 2, 6])', 283],
    ['(visit - date("2026-03-03")).days', 30],
    ['years and months duration(born, visit).years', 46],
    ['word = "no"', true],
  ])('%s is %s', (text, expected) => expect(run(text)).toEqual(expected));

  test('moves by months to the last day where the month is shorter', () => {
    expect(run('born + duration("P1Y")')).toEqual(toDay('1981-02-28'));
    expect(run('@"2026-01-31" + duration("P1M")')).toEqual(toDay('2026-02-28'));
    expect(run('@"2026-03-31" - duration("P13M")')).toEqual(toDay('2025-02-28'));
  });

  test('rounds halves as people do, by the decimals that are written', () => {
    expect(run('round half up(2.675, 2)')).toBe(2.68);
    expect(run('round half up(-2.5, 0)')).toBe(-3);
  });
});

describe('what is not known', () => {
  // Kleene, S. C. (1952), Introduction to Metamathematics, §64: the strong three-valued tables.
  test.each([
    ['blank = 5', null],
    ['blank != 5', null],
    ['blank = blank', null],
    ['not(blank = 5)', null],
    ['blank > 5 or weight = 80', true],
    ['weight = 80 or blank > 5', true],
    ['blank > 5 or weight = 1', null],
    ['blank > 5 and weight = 1', false],
    ['blank > 5 and weight = 80', null],
    ['blank in (1, 2)', null],
    ['weight in (blank, 80)', true],
    ['weight in (blank, 1)', null],
    ['if blank = 1 then 2 else 3', null],
    ['if weight = 80 then 1 else blank', 1],
    ['blank + 1', null],
    ['sum(weight, blank)', null],
    ['weight / 0', null],
    ['answered(blank)', false],
    ['answered(weight)', true],
  ])('%s is %s', (text, expected) => expect(run(text)).toBe(expected));

  test('a comparison with a blank would hold in FEEL itself, which is why feelin doesn’t evaluate here', () => {
    expect(feel('blank != 5', { blank: null }).value).toBe(true);
  });

  test('a date known in part compares where its day could not change the answer', () => {
    expect(run('onset < visit')).toBe(true);
    expect(run('onset < date("2026-03-15")')).toBe(null);
    expect(run('onset >= date("2026-03-01")')).toBe(true);
    expect(run('onset <= date("2026-03-31")')).toBe(true);
    expect(run('onset = date("2026-03-15")')).toBe(null);
    expect(run('onset != visit')).toBe(true);
    expect(run('(visit - onset).days')).toBe(null);
    expect(run('onset.year')).toBe(2026);
    expect(run('onset.day')).toBe(null);
  });
});

describe('an expression is refused', () => {
  test.each([
    ['weight +', 'It ends too early; something is still expected.'],
    ['weight > 1 2', '“2” was not expected here.'],
    ['wieght > 1', '“wieght” is unknown here. Items go by their id, with _ for - and item_ before a digit.'],
    ['weight < "x"', 'a number is never compared with text.'],
    ['weight and true', 'Found a number; expected true or false.'],
    ['seen = 1', 'a list is never compared with a number.'],
    ['born + weight', '+ doesn’t join a date and a number.'],
    ['blank = null', 'Ask answered(item) rather than compare with null.'],
    ['abs(weight, 1)', 'abs takes a number.'],
    ['answered(weight + 1)', 'answered takes the name of one item, such as answered(weight).'],
    ['date(word)', 'Write a day as date("2026-03-31") and a duration as duration("P14D").'],
    ['@"2026-02-30"', '“2026-02-30” is no day such as 2026-03-31 and no duration such as P14D or P3M.'],
    [`${'('.repeat(60)}1${')'.repeat(60)}`, 'It is nested deeper than 40 levels; take it apart.'],
  ])('%s', (text, message) => expect(problemsOf(text)).toContain(message));

  // All of FEEL that could reach the host, read its clock, loop or run a pattern.
  test.each([
    'today()',
    'now()',
    'matches(word, "(a+)+$")',
    'replace(word, "a", "b")',
    'constructor.constructor("return process")()',
    'weight.constructor',
    'word.__proto__.polluted',
    '{ a: 1 }',
    'seen[1]',
    'seen[item > 1]',
    'for x in 1..1000000000 return x',
    'some x in seen satisfies x > 1',
    'function(x) x',
    'weight instance of number',
    'get value(seen, "length")',
    'date(year: 2026, month: 1, day: 1)',
  ])('%s', (text) => expect(problemsOf(text)).not.toEqual([]));
});

test('names are those that FEEL reads as one', () => {
  expect(['onset-age', '3', '2-weeks', 'date', 'if', 'weight'].map(nameOf)).toEqual([
    'onset_age',
    'item_3',
    'item_2_weeks',
    'item_date',
    'item_if',
    'weight',
  ]);
});
