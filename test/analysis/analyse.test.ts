import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { analyse, DatasetError, type OutcomePlan, type Plan, type ResultRow } from '../../analysis/index.ts';
import { type Person, smallTrial } from './small-trial.ts';

const response: OutcomePlan = {
  id: 'response',
  label: 'Response',
  kind: 'response',
  measure: 'hamd17.total',
  better: 'lower',
  fall: 0.5,
};
const remission: OutcomePlan = {
  id: 'remission',
  label: 'Remission',
  kind: 'threshold',
  measure: 'hamd17.total',
  atMost: 7,
};
const change: OutcomePlan = {
  id: 'change',
  label: 'Change',
  kind: 'change',
  measure: 'hamd17.total',
  better: 'lower',
};

const plan = (outcomes: OutcomePlan[], more: Partial<Plan> = {}): Plan => ({
  outcomes,
  population: 'all-randomised',
  contrasts: [],
  level: 0.95,
  ...more,
});

/** The row of an arm at 3 months. */
function row(
  rows: ResultRow[],
  arm: string,
  missing: ResultRow['missing'] = 'observed',
  visit = 'm3',
): ResultRow {
  const found = rows.filter(
    (one) => one.arm === arm && one.versus === null && one.missing === missing && one.visit === visit,
  );
  expect(found).toHaveLength(1);
  return found[0]!;
}

function fault(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof DatasetError) return error.fault;
    throw error;
  }
  return 'none';
}

describe('response', () => {
  test('counts exactly half as a response, and just under half as none', () => {
    const rows = analyse(
      smallTrial([
        { base: 20, m3: 10 },
        { base: 20, m3: 11 },
        { base: 21, m3: 10 },
        { base: 21, m3: 11 },
      ]),
      plan([response]),
    );
    expect(row(rows, 'a')).toMatchObject({ numerator: 2, denominator: 4, estimate: 0.5, method: 'wilson' });
  });

  test('a fall of 0.3 isn’t lost to rounding: 10 → 7, 20 → 14', () => {
    const people = [
      { base: 10, m3: 7 },
      { base: 20, m3: 14 },
      { base: 30, m3: 21 },
    ];
    const rows = analyse(smallTrial(people), plan([{ ...response, fall: 0.3 }]));
    expect(row(rows, 'a')).toMatchObject({ numerator: 3, denominator: 3 });
  });

  test('where higher is better, the score has to rise', () => {
    const people = [
      { base: 40, m3: 60 },
      { base: 40, m3: 20 },
    ];
    const rows = analyse(smallTrial(people), plan([{ ...response, better: 'higher' }]));
    expect(row(rows, 'a')).toMatchObject({ numerator: 1, denominator: 2 });
  });

  test('without a baseline, or with one of zero: not observed, and a non-responder under non-response', () => {
    const people = [{ base: 20, m3: 5 }, { m3: 2 }, { base: 0, m3: 0 }, { base: 18 }];
    const rows = analyse(smallTrial(people), plan([response]));
    expect(row(rows, 'a')).toMatchObject({ numerator: 1, denominator: 1 });
    expect(row(rows, 'a', 'non-response')).toMatchObject({ numerator: 1, denominator: 4, estimate: 0.25 });
  });

  test('an arm whose baselines are all zero has a reason in place of numbers', () => {
    const people = [{ base: 0, m3: 0 }, { m3: 4 }];
    const rows = analyse(smallTrial(people), plan([response]));
    expect(row(rows, 'a')).toMatchObject({
      numerator: 0,
      denominator: 0,
      estimate: null,
      lower: null,
      upper: null,
    });
    expect(row(rows, 'a').reason).toContain('baseline above zero');
  });

  test('an empty arm has a reason under both rules', () => {
    const rows = analyse(smallTrial([{ base: 20, m3: 10 }]), plan([response]));
    for (const rule of ['observed', 'non-response'] as const) {
      expect(row(rows, 'b', rule)).toMatchObject({
        numerator: 0,
        denominator: 0,
        estimate: null,
        lower: null,
      });
      expect(row(rows, 'b', rule).reason).toContain('Nobody in B');
    }
  });

  test('an arm of which nobody came counts in full under non-response once others have come', () => {
    const people = [
      { base: 20, m3: 10 },
      { arm: 'b', base: 20 },
      { arm: 'b', base: 22 },
    ];
    const rows = analyse(smallTrial(people), plan([response]));
    expect(row(rows, 'b')).toMatchObject({ numerator: 0, denominator: 0, estimate: null });
    expect(row(rows, 'b', 'non-response')).toMatchObject({
      numerator: 0,
      denominator: 2,
      estimate: 0,
      lower: 0,
    });
  });

  test('a visit that nobody has reached is no 0% response', () => {
    const rows = analyse(smallTrial([{ base: 20, m3: 10 }]), plan([response]));
    expect(row(rows, 'a', 'non-response', 'm12')).toMatchObject({
      numerator: null,
      denominator: null,
      estimate: null,
    });
    expect(row(rows, 'a', 'non-response', 'm12').reason).toContain('12 months');
  });

  test('all responders: the upper limit is 1', () => {
    const rows = analyse(
      smallTrial([
        { base: 20, m3: 1 },
        { base: 22, m3: 3 },
      ]),
      plan([response]),
    );
    expect(row(rows, 'a')).toMatchObject({ numerator: 2, denominator: 2, estimate: 1, upper: 1 });
  });

  test('those who never started are left out of their own population', () => {
    const people = [
      { base: 20, m3: 5 },
      { base: 20, m3: 20, started: false },
    ];
    const rows = analyse(smallTrial(people), plan([response], { population: 'started-treatment' }));
    expect(row(rows, 'a', 'non-response')).toMatchObject({ numerator: 1, denominator: 1 });
  });
});

describe('threshold', () => {
  test('takes both ends in, and needs no baseline', () => {
    const people = [{ m3: 7 }, { m3: 8 }, { base: 0, m3: 0 }];
    const rows = analyse(smallTrial(people), plan([remission]));
    expect(row(rows, 'a')).toMatchObject({ numerator: 2, denominator: 3 });
    const band = analyse(smallTrial(people), plan([{ ...remission, atLeast: 7, atMost: 8 }]));
    expect(row(band, 'a')).toMatchObject({ numerator: 2, denominator: 3 });
  });
});

describe('risk differences', () => {
  /** 56 of 70 and 48 of 80 respond: contrast (a) of Newcombe RG, Stat Med 1998;17:873–890, Table II. */
  const people: Person[] = [
    ...Array.from({ length: 70 }, (_, index) => ({ arm: 'a', base: 20, m3: index < 56 ? 5 : 18 })),
    ...Array.from({ length: 80 }, (_, index) => ({ arm: 'c', base: 20, m3: index < 48 ? 5 : 18 })),
  ];

  test('first minus second, with Newcombe’s published interval', () => {
    const rows = analyse(
      smallTrial(people),
      plan([response], {
        contrasts: [
          ['a', 'c'],
          ['c', 'a'],
        ],
      }),
    );
    const [forth, back] = rows.filter(
      (one) => one.measure === 'risk-difference' && one.visit === 'm3' && one.missing === 'observed',
    );
    expect(forth).toMatchObject({ arm: 'a', versus: 'c', method: 'newcombe-10', reason: null });
    expect(forth!.estimate).toBeCloseTo(0.2, 12);
    expect(forth!.lower).toBeCloseTo(0.0524, 4);
    expect(forth!.upper).toBeCloseTo(0.3339, 4);
    expect(back!.estimate).toBeCloseTo(-forth!.estimate!, 12);
    expect(back!.lower).toBeCloseTo(-forth!.upper!, 12);
  });

  test('against an empty arm there is a reason and no number', () => {
    const rows = analyse(smallTrial(people), plan([response], { contrasts: [['a', 'b']] }));
    const difference = rows.find((one) => one.measure === 'risk-difference' && one.visit === 'm3')!;
    expect(difference).toMatchObject({ estimate: null, lower: null, upper: null });
    expect(difference.reason).toContain('Nobody in B');
  });

  test('pooled data have none, whatever the plan compares', () => {
    const dataset = smallTrial([{ arm: 'pooled', base: 20, m3: 4 }], ['pooled']);
    const rows = analyse(dataset, plan([response], { contrasts: [['a', 'c']] }));
    expect(rows.every((one) => one.measure === 'proportion')).toBe(true);
  });
});

describe('mean change', () => {
  test('of those with both scores, with the interval of Student’s t', () => {
    // Changes −10, −12, −8, −14: by hand mean −11, interval −15.1085 to −6.8915 with t(3; 0.975) = 3.182446.
    const people = [
      { base: 20, m3: 10 },
      { base: 22, m3: 10 },
      { base: 18, m3: 10 },
      { base: 24, m3: 10 },
      { base: 24 },
      { m3: 3 },
    ];
    const found = row(analyse(smallTrial(people), plan([change])), 'a');
    expect(found).toMatchObject({
      measure: 'mean-change',
      denominator: 4,
      estimate: -11,
      method: 't',
      reason: null,
    });
    expect(found.lower).toBeCloseTo(-15.1085, 4);
    expect(found.upper).toBeCloseTo(-6.8915, 4);
  });

  test('one participant has a mean and no interval; none has neither', () => {
    const rows = analyse(
      smallTrial([
        { base: 20, m3: 10 },
        { arm: 'b', base: 20 },
      ]),
      plan([change]),
    );
    expect(row(rows, 'a')).toMatchObject({ denominator: 1, estimate: -10, lower: null, upper: null });
    expect(row(rows, 'a').reason).toContain('needs two');
    expect(row(rows, 'b')).toMatchObject({ denominator: 0, estimate: null });
    expect(row(rows, 'b').reason).toContain('Nobody in B');
  });
});

describe('refuses', () => {
  const dataset = () => smallTrial([{ base: 20, m3: 10 }]);

  test('a score that is there twice', () => {
    const data = dataset();
    data.scores.push({ ...data.scores[1]!, value: 11 });
    expect(fault(() => analyse(data, plan([response])))).toBe('duplicate-score');
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e300])(
    'a score of %d',
    (value) => {
      const data = dataset();
      data.scores[1]!.value = value;
      expect(fault(() => analyse(data, plan([response])))).toBe('not-finite');
    },
  );

  test('a participant twice, or in an arm that isn’t there', () => {
    const twice = dataset();
    twice.participants.push({ ...twice.participants[0]! });
    expect(fault(() => analyse(twice, plan([response])))).toBe('duplicate-participant');
    expect(fault(() => analyse(smallTrial([{ arm: 'z' }]), plan([response])))).toBe('unknown-arm');
  });

  test('a score of nobody, or at no visit', () => {
    const stranger = dataset();
    stranger.scores[0]!.participant = 'P99';
    expect(fault(() => analyse(stranger, plan([response])))).toBe('unknown-participant');
    const nowhere = dataset();
    nowhere.scores[0]!.visit = 'm99';
    expect(fault(() => analyse(nowhere, plan([response])))).toBe('unknown-visit');
  });

  test('a plan that compares an unknown arm, or an arm with itself, or has no sound level', () => {
    expect(fault(() => analyse(dataset(), plan([response], { contrasts: [['a', 'z']] })))).toBe(
      'unknown-arm',
    );
    expect(fault(() => analyse(dataset(), plan([response], { contrasts: [['a', 'a']] })))).toBe('plan');
    expect(fault(() => analyse(dataset(), plan([response], { level: 95 })))).toBe('plan');
    expect(fault(() => analyse(dataset(), plan([{ ...response, fall: 0 }])))).toBe('plan');
    expect(fault(() => analyse(dataset(), plan([{ ...remission, atMost: undefined }])))).toBe('plan');
  });
});

test('never a NaN or an infinity, and either an estimate or a reason, whatever the data', () => {
  const score = fc.option(fc.integer({ min: -3, max: 52 }), { nil: undefined });
  const person: fc.Arbitrary<Person> = fc.record({
    arm: fc.constantFrom('a', 'b', 'c'),
    started: fc.boolean(),
    base: score,
    m3: score,
    m12: score,
  });
  const population = fc.constantFrom<Plan['population']>('all-randomised', 'started-treatment');
  fc.assert(
    fc.property(fc.array(person, { maxLength: 12 }), population, (people, chosen) => {
      const rows = analyse(
        smallTrial(people),
        plan([response, remission, change], {
          population: chosen,
          contrasts: [
            ['a', 'c'],
            ['b', 'c'],
          ],
        }),
      );
      // Two visits × (2 binary outcomes × 2 rules × (3 arms + 2 contrasts) + 3 arms of change).
      expect(rows).toHaveLength(2 * (2 * 2 * 5 + 3));
      for (const one of rows) {
        for (const value of [one.numerator, one.denominator, one.estimate, one.lower, one.upper]) {
          expect(value === null || Number.isFinite(value)).toBe(true);
        }
        expect(one.estimate === null ? one.reason : (one.reason ?? 'fine')).not.toBeNull();
        if (one.lower !== null && one.upper !== null) {
          expect(one.lower).toBeLessThanOrEqual(one.estimate! + 1e-12);
          expect(one.upper).toBeGreaterThanOrEqual(one.estimate! - 1e-12);
        }
        if (one.measure === 'proportion' && one.estimate !== null) {
          expect(one.estimate).toBe(one.numerator! / one.denominator!);
        }
      }
    }),
  );
});

test('everyone is in the denominator under non-response, never more than those under observed respond', () => {
  const people: Person[] = Array.from({ length: 30 }, (_, index) => ({
    arm: 'abc'[index % 3]!,
    base: 20,
    m3: index % 4 ? 5 + index : undefined,
  }));
  const rows = analyse(smallTrial(people), plan([response]));
  for (const arm of ['a', 'b', 'c']) {
    const observed = row(rows, arm);
    const everyone = row(rows, arm, 'non-response');
    expect(everyone.denominator).toBe(10);
    expect(everyone.numerator).toBe(observed.numerator);
    expect(everyone.estimate!).toBeLessThanOrEqual(observed.estimate!);
  }
});
