import { describe, expect, test } from 'vitest';
import { baselineBalance } from '../../analysis/balance.ts';
import { cumulativeImprovement, improvedBy } from '../../analysis/cumulative.ts';
import type { Dataset } from '../../analysis/dataset.ts';
import { bandwidth, density } from '../../analysis/density.ts';
import { missingPatterns } from '../../analysis/missing-patterns.ts';
import { poissonRate, summariseSites } from '../../analysis/site-summary.ts';
import { subgroupEffects } from '../../analysis/subgroups.ts';
import { trajectories } from '../../analysis/trajectories.ts';
import { changesAt } from '../../analysis/waterfall.ts';
import { trial } from '../reference/trial.ts';

/* Numbers of charts on test/reference/trial3.csv; expected values from R 4.2.2, with the call beside each. */

const visits = [
  { id: 'baseline', label: 'Baseline', day: 0, baseline: true },
  { id: 'm3', label: '3 months', day: 91, baseline: false },
  { id: 'm12', label: '12 months', day: 365, baseline: false },
];
const dataset: Dataset = {
  arms: ['CBT', 'APP', 'TAU'].map((id) => ({ id, label: id, reference: id === 'TAU' })),
  visits,
  participants: trial.map(({ id, arm, sex, site, age }) => ({
    id,
    arm,
    site,
    randomisedOn: '2025-01-01',
    factors: { sex, site, age },
    startedTreatment: true,
  })),
  scores: trial.flatMap((row) =>
    (['baseline', 'm3', 'm12'] as const).flatMap((visit) => {
      const value = row[visit];
      return value === null ? [] : [{ participant: row.id, visit, measure: 'score', value, prorated: false }];
    }),
  ),
  events: [],
};
const SEX = {
  factor: 'sex',
  label: 'Sex',
  levels: [
    { value: 'F', label: 'Female' },
    { value: 'M', label: 'Male' },
  ],
};
const SITE = {
  factor: 'site',
  label: 'Site',
  levels: ['S1', 'S2', 'S3', 'S4'].map((value) => ({ value, label: value })),
};

describe('cumulative improvement', () => {
  const arms = cumulativeImprovement(dataset, {
    measure: 'score',
    better: 'lower',
    visit: 'm12',
    population: 'all-randomised',
  });

  test('counts everyone who improved by at least so much, of all randomised', () => {
    // sapply(c(-5, 0, 5, 10, 15), \(t) sum(baseline - m12 >= t, na.rm = TRUE)), sum(is.na(m12)), n by arm
    const counts = arms.map((arm) => [
      ...[-5, 0, 5, 10, 15].map((threshold) => improvedBy(arm, threshold)),
      arm.missing,
      arm.of,
    ]);
    expect(counts).toEqual([
      [40, 39, 34, 20, 9, 5, 45],
      [39, 39, 35, 23, 10, 5, 44],
      [37, 32, 23, 14, 3, 8, 45],
    ]);
  });

  test('higher scores that are better improve the other way', () => {
    const turned = {
      ...dataset,
      scores: dataset.scores.map((score) => ({ ...score, value: 52 - score.value })),
    };
    const plan = { measure: 'score', visit: 'm12', population: 'all-randomised' } as const;
    expect(cumulativeImprovement(turned, { ...plan, better: 'higher' })).toEqual(arms);
  });
});

test('balance: standardised differences and what chance alone gives', () => {
  const rows = baselineBalance(
    dataset,
    [
      { kind: 'number', factor: 'age', label: 'Age' },
      { kind: 'choice', ...SEX },
      { kind: 'choice', ...SITE },
    ],
    [['CBT', 'TAU']],
  );
  expect(rows.map(({ label }) => label)).toEqual([
    'Age',
    'Sex: Female',
    'Site: S1',
    'Site: S2',
    'Site: S3',
    'Site: S4',
  ]);
  // (mean(x) - mean(y)) / sqrt((var(x) + var(y)) / 2); the arms have 26 women of 45 each
  expect(rows[0]!.difference).toBeCloseTo(-0.100987950748, 10);
  expect(rows[1]!.difference).toBe(0);
  // qnorm(.975) * sqrt(1/45 + 1/45)
  expect(rows[0]!.chance).toBeCloseTo(0.413196688203, 10);
});

test('balance of an arm without anybody has a reason and no number', () => {
  const empty = {
    ...dataset,
    participants: dataset.participants.filter(({ arm }) => arm !== 'APP'),
    scores: [],
  };
  const [row] = baselineBalance(empty, [{ kind: 'number', factor: 'age', label: 'Age' }], [['APP', 'TAU']]);
  expect(row).toMatchObject({ difference: null, chance: null, reason: 'Too few values in an arm.' });
});

test('missing patterns: complete first, then the commonest, everyone in one', () => {
  // table(paste(!is.na(m3), !is.na(m12)), arm)
  const patterns = missingPatterns(dataset, 'score', '2027-01-01');
  expect(
    patterns.map((one) => [one.visits.slice(1).join(), one.counts.APP, one.counts.CBT, one.counts.TAU]),
  ).toEqual([
    ['present,present', 33, 33, 34],
    ['present,missing', 4, 5, 7],
    ['missing,present', 6, 7, 3],
    ['missing,missing', 1, 0, 1],
  ]);
  expect(patterns.reduce((sum, { total }) => sum + total, 0)).toBe(134);
});

test('a visit whose window is open is to come, not missing', () => {
  const [first] = missingPatterns({ ...dataset, scores: [] }, 'score', '2025-03-01');
  expect(first!.visits).toEqual(['missing', 'to-come', 'to-come']);
});

describe('subgroups', () => {
  const plan = { measure: 'score', visit: 'm12', population: 'all-randomised', level: 0.95 } as const;

  test('by two levels: differences from one model, and P for interaction', () => {
    const { overall, factors } = subgroupEffects(dataset, {
      ...plan,
      contrast: ['CBT', 'TAU'],
      factors: [SEX],
    });
    // lm(m12 ~ baseline + t); lm(m12 ~ baseline + sex + sex:t) against lm(m12 ~ baseline + sex + t)
    expect(overall.estimate).toBeCloseTo(-3.43004314192, 8);
    expect(overall.lower).toBeCloseTo(-5.8208888935, 8);
    expect(overall.upper).toBeCloseTo(-1.03919739035, 8);
    const [female, male] = factors[0]!.levels;
    expect(female).toMatchObject({ label: 'Female', n: [24, 22] });
    expect(female!.estimate).toBeCloseTo(-4.423774772297, 8);
    expect(female!.lower).toBeCloseTo(-7.541349027706, 8);
    expect(female!.upper).toBeCloseTo(-1.30620051689, 8);
    expect(male!.estimate).toBeCloseTo(-1.958336064407, 8);
    expect(factors[0]!.p).toBeCloseTo(0.321228678628, 8);
  });

  test('by four levels', () => {
    const { factors } = subgroupEffects(dataset, { ...plan, contrast: ['APP', 'TAU'], factors: [SITE] });
    // lm(m12 ~ baseline + site + site:t) against lm(m12 ~ baseline + site + t)
    const estimates = [-2.22834245667, -7.462750482445, -4.921689842082, -2.357970209174];
    for (const [index, estimate] of estimates.entries())
      expect(factors[0]!.levels[index]!.estimate).toBeCloseTo(estimate, 8);
    expect(factors[0]!.levels[2]!.upper).toBeCloseTo(-0.329157425331, 8);
    expect(factors[0]!.p).toBeCloseTo(0.418550271872, 8);
  });

  test('a number goes by its cuts, a value at one above it; too few in a level give no number', () => {
    const { factors } = subgroupEffects(dataset, {
      ...plan,
      contrast: ['CBT', 'TAU'],
      factors: [
        {
          factor: 'age',
          label: 'Age',
          cuts: [19, 200],
          levels: ['young', 'adult', 'nobody'].map((value) => ({ value, label: value })),
        },
      ],
    });
    const [, adult, nobody] = factors[0]!.levels;
    expect(adult!.estimate).not.toBeNull();
    expect(nobody).toEqual({ label: 'nobody', n: [0, 0], estimate: null, lower: null, upper: null });
  });
});

test('a site’s rate has its exact Poisson interval', () => {
  // poisson.test(37, 14.5)$conf.int; poisson.test(0, 3)$conf.int
  const rate = poissonRate(37, 14.5);
  expect(rate.lower).toBeCloseTo(1.79664928049, 8);
  expect(rate.upper).toBeCloseTo(3.517215596, 8);
  const none = poissonRate(0, 3);
  expect([none.estimate, none.lower]).toEqual([0, 0]);
  expect(none.upper).toBeCloseTo(1.2296264847, 8);
  expect(() => poissonRate(1, 0)).toThrow(RangeError);
});

test('sites stand in the order of their numbers; nothing due gives no completeness', () => {
  const site = { target: null, months: 2, openQueries: 0 };
  const [first, second] = summariseSites([
    { ...site, id: 'a', label: 'A', randomised: 3, complete: { count: 0, of: 0 } },
    { ...site, id: 'b', label: 'B', randomised: 5, complete: { count: 4, of: 5 } },
  ]);
  expect([first!.id, second!.id]).toEqual(['b', 'a']);
  expect(first!.completeness!.estimate).toBe(0.8);
  expect(second!.completeness).toBeNull();
});

test('trajectories: every score, and the mean of those observed', () => {
  const { courses, means } = trajectories(dataset, 'score', 'all-randomised');
  expect(courses).toHaveLength(134);
  // aggregate(m12 ~ arm, mean)
  const at12 = (arm: string) => means.find((one) => one.arm === arm && one.visit === 'm12');
  expect(at12('APP')!.mean).toBeCloseTo(13.7435897436, 9);
  expect(at12('CBT')).toMatchObject({ mean: 13.05, n: 40 });
  expect(at12('TAU')!.mean).toBeCloseTo(16.5405405405, 9);
});

describe('changes', () => {
  const [cbt] = changesAt(dataset, { measure: 'score', visit: 'm12', population: 'all-randomised' });
  const values = cbt!.people.map(({ change }) => change);

  test('are of those observed, with their share of baseline', () => {
    expect([values.length, cbt!.missing, Math.min(...values), Math.max(...values)]).toEqual([40, 5, -25, 3]);
    const row = trial.find(({ id }) => id === cbt!.people[0]!.participant)!;
    expect(cbt!.people[0]!.share).toBeCloseTo((row.m12! - row.baseline) / row.baseline, 12);
  });

  test('have R’s bandwidth and kernel density, and none beyond the data', () => {
    // bw.nrd0(x); b <- bw.nrd0(x); mean(dnorm((t - x) / b)) / b at t = -11 and t = min(x)
    expect(bandwidth(values)).toBeCloseTo(2.2481420704, 9);
    const points = density(values);
    expect(points[30]!.x).toBeCloseTo(-11, 12);
    expect(points[30]!.density).toBeCloseTo(0.0654113897899, 10);
    expect(points[0]!.density).toBeCloseTo(0.00734054803341, 10);
    expect([points[0]!.x, points.at(-1)!.x]).toEqual([-25, 3]);
  });

  test('of one person, or all alike, have no density', () => {
    expect(density([4])).toEqual([]);
    expect(density([4, 4, 4])).toEqual([]);
  });
});
