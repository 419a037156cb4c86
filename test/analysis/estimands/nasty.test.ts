import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { everything, missingMethods, nastyCsv, runEverything } from './everything.ts';
import { sound } from './sound.ts';

/** Twelve people with five visits: something for every method. */
const usual = [
  'CBT F S1 g1 20 18 15 14 11 9',
  'CBT M S2 g1 24 22 17 15 14 13',
  'CBT F S2 g2 30 27 25 22 18 14',
  'CBT M S1 g2 22 21 19 20 17 16',
  'APP F S1 - 27 24 20 13 14 12',
  'APP M S2 - 23 23 19 18 14 11',
  'APP F S2 - 29 25 24 20 19 17',
  'APP M S1 - 21 20 17 16 12 10',
  'TAU F S1 - 21 20 19 17 17 18',
  'TAU M S2 - 25 25 23 24 20 12',
  'TAU F S2 - 28 24 22 20 21 21',
  'TAU M S1 - 26 25 24 22 23 24',
];
const cells = (line: string) => line.split(' ');
const change = (of: (line: string) => boolean, from: number, to: (cell: string, at: number) => string) =>
  usual.map((line) =>
    of(line)
      ? cells(line)
          .map((cell, at) => (at < from ? cell : to(cell, at)))
          .join(' ')
      : line,
  );
const all = () => true;
const isTau = (line: string) => line.startsWith('TAU');

test('the list has every method and missing-data rule that a plan can name', () => {
  const how = new Set(everything.map((one) => (one.missing?.method as string | undefined) ?? 'observed'));
  expect([...how].sort()).toEqual(missingMethods.toSorted());
  expect(everything.length).toBeGreaterThan(100);
});

describe('each edge gives reasons in place of numbers, for every method and option of a plan', () => {
  test.each<[string, string[]]>([
    ['nothing odd', usual],
    ['a constant outcome', change(all, 5, () => '20')],
    [
      'a constant outcome within each arm',
      usual.map((line) => line.replace(/\d+$/, { C: '5', A: '9', T: '12' }[line[0]!]!)),
    ],
    ['one arm empty', usual.filter((line) => !isTau(line))],
    ['one arm alone', usual.filter(isTau)],
    ['one participant', usual.slice(0, 1)],
    ['one participant at the visit', usual.map((line, i) => (i === 0 ? line : line.replace(/\d+$/, '-')))],
    [
      'one participant in each arm at the visit',
      usual.map((line, i) => (i % 4 === 0 ? line : line.replace(/\d+$/, '-'))),
    ],
    ['five visits all missing in one arm', change(isTau, 5, () => '-')],
    [
      'five visits all missing in all arms but one',
      change(
        (line) => !isTau(line),
        5,
        () => '-',
      ),
    ],
    ['no value after baseline', change(all, 5, () => '-')],
    ['no baseline', change(all, 4, (cell, at) => (at === 4 ? '-' : cell))],
    [
      'a singular covariance: two visits are the same',
      change(all, 5, (cell) => cell).map((line) => {
        const c = cells(line);
        c[8] = c[9]!;
        return c.join(' ');
      }),
    ],
    ['a singular covariance: everybody’s course is one line', change(all, 5, (_, at) => String(20 + at))],
    [
      'the baseline is the outcome',
      usual.map((line) => {
        const c = cells(line);
        c[9] = c[4]!;
        return c.join(' ');
      }),
    ],
    ['numbers as large as are read', change(all, 4, (cell) => `${cell}e13`)],
    ['numbers as small as are read', change(all, 4, (cell) => `${cell}e-30`)],
  ])('%s', (_, lines) => {
    sound(runEverything(nastyCsv(lines)));
  });

  const ofResponse = everything.filter(({ estimand }) => 'variable' in (estimand ?? {}));
  test.each<[string, string[]]>([
    ['zero cells: nobody responded in one arm', change(isTau, 9, () => '25')],
    ['everybody responded', change(all, 9, () => '2')],
    [
      'perfect separation: one arm all, the others none',
      change(all, 9, (c) => c).map((line) => line.replace(/\d+$/, isTau(line) ? '2' : '25')),
    ],
    [
      'a covariate separates the outcomes',
      usual.map((line) => line.replace(/\d+$/, line.includes(' F ') ? '2' : '25')),
    ],
  ])('of a response: %s', (_, lines) => {
    sound(runEverything(nastyCsv(lines), ofResponse));
  });

  test('whatever small data', () => {
    const score = fc.oneof(fc.constant('-'), fc.constantFrom('0', '1', '2', '20', '-3', '0.5', '9e14'));
    const line = fc
      .tuple(
        fc.constantFrom('CBT', 'APP', 'TAU'),
        fc.constantFrom('F', 'M'),
        fc.constantFrom('S1', 'S2'),
        fc.constantFrom('g1', 'g2', '-'),
        fc.array(score, { minLength: 6, maxLength: 6 }),
      )
      .map(([arm, sex, site, group, scores]) => [arm, sex, site, group, ...scores].join(' '));
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 9 }), (lines) => {
        sound(runEverything(nastyCsv(lines)));
      }),
      { numRuns: 12 },
    );
  });
});
