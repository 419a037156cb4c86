import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { driveWith, performTask } from '../../../analysis/tasks/task.ts';
import { begin, type Design, record, score } from '../../../randomisation/index.ts';
import { reference, relativeError } from '../../reference/read.ts';
import { find, frame, planOf, response, runAnalyses, small, stepsOf, TRIAL } from './trial.ts';

const r = reference('doors');

const twoArms = [
  { id: 'A', label: 'A' },
  { id: 'B', label: 'B', reference: true },
];

/** A file of people in the order of allocation, `arm sex score`, and how they were allocated. */
function allocated(lines: string[], scheme: Design['scheme']) {
  const rows = lines.map((line, i) => [i + 1, ...line.split(' ')].join());
  const design: Design = {
    engine: 1,
    study: 'replayed',
    arms: twoArms.map(({ id }) => ({ id, ratio: 1 })),
    factors: [{ id: 'sex', levels: ['F', 'M'] }],
    scheme,
  };
  const { covariates, measures, ...data } = frame.data;
  return {
    design,
    csv: `id,arm,sex,m12\n${rows.join('\n')}\n`,
    more: {
      arms: twoArms,
      data: {
        ...data,
        measures: [{ ...measures[0], columns: { m12: 'm12' } }],
        allocation: { order: 'id', factors: { sex: 'sex' }, design },
      },
    },
  };
}

const replay = (replicates: number) => ({
  estimator: { method: 'rerandomisation', replicates },
  estimand: { treatments: [['A', 'B']] },
});

describe('a re-randomisation test', () => {
  test('of one block is the exact permutation test (4 of 70 allocations: R’s combn)', () => {
    const lines = [1, 2, 3, 5, 4, 6, 7, 8].map((value, i) => `${i < 4 ? 'A' : 'B'} F ${value}`);
    const { csv, more } = allocated(lines, { kind: 'permuted-blocks', sizes: [8] });
    const row = find(runAnalyses([replay(20_000)], csv, more), { measure: 'mean-difference' });
    expect(row.estimate).toBe(r.block.observed);
    const error = Math.sqrt((r.block.p * (1 - r.block.p)) / 20_000);
    expect(Math.abs(row.p! - r.block.p)).toBeLessThan(4 * error);
    expect(row.method).toBe('re-randomisation, 20000 replays of the allocation');
  });

  test('of a minimised trial agrees with going through every sequence with its exact probability', () => {
    const people = ['A F 3', 'B M 9', 'B F 6', 'A M 4', 'A F 1', 'B M 7', 'A M 8', 'B F 5'];
    const scheme = { kind: 'minimisation', distance: 'range', probability: '4/5', overall: true } as const;
    const { design, csv, more } = allocated(people, scheme);
    const scores = people.map((line) => Number(line.split(' ')[2]));
    const observed = (3 + 4 + 1 + 8) / 4 - (9 + 6 + 7 + 5) / 4;
    let [extreme, possible] = [0, 0];
    const walk = (arms: string[], probability: number): void => {
      if (arms.length === people.length) {
        const mean = (arm: string) => {
          const own = scores.filter((_, i) => arms[i] === arm);
          return own.reduce((a, b) => a + b, 0) / own.length;
        };
        const difference = mean('A') - mean('B');
        if (Number.isNaN(difference)) return;
        possible += probability;
        if (Math.abs(difference) >= Math.abs(observed) - 1e-9) extreme += probability;
        return;
      }
      // The state from the beginning each time: the exact door that verifiers use, not the quick one.
      const state = begin(design);
      arms.forEach((arm, i) => {
        record(state, { sex: people[i]!.split(' ')[1]! }, arm, {});
      });
      const { arms: next } = score(design, state, { sex: people[arms.length]!.split(' ')[1]! });
      for (const [arm, { probability: share }] of Object.entries(next)) {
        const [a, b] = share.split('/').map(Number) as [number, number];
        if (a > 0) walk([...arms, arm], (probability * a) / b);
      }
    };
    walk([], 1);
    const exact = extreme / possible;
    const row = find(runAnalyses([replay(40_000)], csv, more), { measure: 'mean-difference' });
    expect(row.estimate).toBeCloseTo(observed, 12);
    expect(Math.abs(row.p! - exact)).toBeLessThan(4 * Math.sqrt((exact * (1 - exact)) / 40_000));
  });

  test('goes from design to design, and leaves those alone whom no design placed', () => {
    // Two blocks of four, the second under another design; whoever is fixed keeps the arm: 6 of the 36 sequences.
    const lines = ['A F 1', 'A F 2', 'B F 9', 'B F 8', 'A F 1', 'A F 3', 'B F 7', 'B F 9'];
    const { csv, more, design } = allocated(lines, { kind: 'permuted-blocks', sizes: [4] });
    const later = [{ from: 5, design: { ...design, scheme: { kind: 'simple' } } }];
    const cells = csv.trim().split('\n');
    const fixed = `${[`${cells[0]},outside`, ...cells.slice(1).map((row, i) => `${row},${i < 4 ? '' : 'yes'}`)].join('\n')}\n`;
    const data = { ...more.data, allocation: { ...more.data.allocation, later, fixed: 'outside' } };
    const results = runAnalyses([replay(20_000)], fixed, { ...more, data });
    const row = find(results, { measure: 'mean-difference' });
    // A first, B last is one of six equally likely blocks; its mirror image is less extreme, as the rest stays.
    const gaps = [
      [0, 1],
      [0, 2],
      [0, 3],
      [1, 2],
      [1, 3],
      [2, 3],
    ].map((own) => {
      const scores = [1, 2, 9, 8];
      const a = own.reduce((sum, i) => sum + scores[i]!, 1 + 3) / 4;
      return (
        a - ([1, 2, 9, 8].reduce((x, y) => x + y, 7 + 9) - own.reduce((sum, i) => sum + scores[i]!, 0)) / 4
      );
    });
    const exact = gaps.filter((gap) => Math.abs(gap) >= Math.abs(gaps[0]!) - 1e-9).length / 6;
    expect(row.estimate).toBeCloseTo(gaps[0]!, 12);
    expect(Math.abs(row.p! - exact)).toBeLessThan(4 * Math.sqrt((exact * (1 - exact)) / 20_000));
    expect(results.analyses[0]!.notes[0]).toMatch(/^4 of 8 kept their arm in every replay/);
  });

  test('of people who are all fixed has a reason in place of a p-value', () => {
    const { csv, more } = allocated(['A F 1', 'B F 2'], { kind: 'simple' });
    const data = { ...more.data, allocation: { ...more.data.allocation, fixed: 'arm' } };
    const row = find(runAnalyses([replay(100)], csv, { ...more, data }), { measure: 'mean-difference' });
    expect(row).toMatchObject({ p: null, reason: expect.stringMatching(/^Nobody was placed by chance/) });
  });

  test('needs to know the procedure, and refuses a list', () => {
    const { csv, more } = allocated(['A F 1', 'B F 2'], { kind: 'simple' });
    const { allocation, ...data } = more.data;
    expect(() => runAnalyses([replay(100)], csv, { ...more, data })).toThrow(/needs data\.allocation/);
    const design = {
      ...allocation.design,
      scheme: { kind: 'list', entries: [{ stratum: 'sex=F', arm: 'A' }] },
    };
    expect(() =>
      runAnalyses([replay(100)], csv, { ...more, data: { ...data, allocation: { ...allocation, design } } }),
    ).toThrow(/list is fixed/);
  });
});

describe('a bootstrap of standardised risks', () => {
  const analysis = (interval: string, replicates = 4000) => ({
    estimator: {
      method: 'standardisation',
      covariates: ['sex', 'site'],
      variance: 'bootstrap',
      interval,
      replicates,
    },
    estimand: response,
  });

  test('has R’s estimate (glm), and boot’s limits within Monte Carlo error', () => {
    const results = runAnalyses([analysis('bca'), analysis('percentile')]);
    const of = (id: string) => find(results, { analysis: id, measure: 'risk-difference', arm: 'CBT' });
    expect(relativeError(of('a0').estimate, r.risk.estimate)).toBeLessThan(1e-8);
    expect(relativeError(of('a0').se, r.risk.sd)).toBeLessThan(0.05);
    for (const [id, limits] of [
      ['a0', r.risk.bca],
      ['a1', r.risk.percentile],
    ] as const) {
      // A limit of 4,000 replicates varies by about 0.005; both sides do.
      expect(Math.abs(of(id).lower! - limits[0])).toBeLessThan(0.02);
      expect(Math.abs(of(id).upper! - limits[1])).toBeLessThan(0.02);
    }
    expect(results.analyses[0]!.notes.join(' ')).toMatch(/^$|bootstrap samples/);
  });

  test('gives the same numbers from any number of threads', async () => {
    const here = runAnalyses([analysis('bca', 2500)]);
    const csv = readFileSync(TRIAL, 'utf8');
    const backwards = await driveWith(stepsOf(planOf([analysis('bca', 2500)]), csv), async (tasks) =>
      tasks
        .map((task, i) => ({ task, i }))
        .toReversed()
        .map(({ task, i }) => ({ i, result: performTask(structuredClone(task)) }))
        .toSorted((a, b) => a.i - b.i)
        .map(({ result }) => result),
    );
    expect(backwards.rows).toEqual(here.rows);
  });

  test('where every sample is separated there is a reason, not a number', () => {
    const csv = small([
      'CBT 20 10 5',
      'CBT 22 10 5',
      'CBT 24 9 6',
      'TAU 20 18 19',
      'TAU 22 20 21',
      'TAU 21 18 20',
    ]);
    const results = runAnalyses(
      [
        {
          estimator: { method: 'standardisation', variance: 'bootstrap', baseline: false, replicates: 100 },
          estimand: { ...response, treatments: [['CBT', 'TAU']] },
        },
      ],
      csv,
    );
    const row = find(results, { measure: 'risk-difference' });
    expect(row.estimate).toBeNull();
    expect(row.reason).toMatch(/separate/);
  });
});
