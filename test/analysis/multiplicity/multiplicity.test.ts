import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Formula } from '../../../analysis/models/design.ts';
import { differenceRow, meanRow } from '../../../analysis/models/least-squares-means.ts';
import { fitLinear, type LinearModel } from '../../../analysis/models/linear-model.ts';
import { type Adjustment, adjustP } from '../../../analysis/multiplicity/adjust.ts';
import { dunnett, type Simultaneous, tukeyKramer } from '../../../analysis/multiplicity/simultaneous.ts';
import { reference, relativeError } from '../../reference/read.ts';
import { arms, sites, trial } from '../../reference/trial.ts';

const r = reference('continuous');
const close = (got: number, expected: number, limit = 1e-9) =>
  expect(relativeError(got, expected), `${got} for ${expected}`).toBeLessThan(limit);

describe('adjusted p-values (p.adjust)', () => {
  it.each(r.adjust as { p: number[]; adjusted: Record<Adjustment, number[]> }[])('$p', ({ p, adjusted }) => {
    for (const [method, expected] of Object.entries(adjusted))
      adjustP(p, method as Adjustment).forEach((v, i) => {
        close(v, expected[i]!, 1e-12);
      });
  });

  it('Šidák', () => {
    close(adjustP([0.0014, 0.0301, 0.0222, 0.049, 0.6, 0.011], 'sidak')[1]!, 0.167543102710751, 1e-12);
    expect(adjustP([1e-18, 1], 'sidak')).toEqual([2e-18, 1]);
  });

  it('Hommel ≤ Hochberg ≤ Holm ≤ Bonferroni, none below the p itself', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 }), (p) => {
        const order = (['hommel', 'hochberg', 'holm', 'bonferroni'] as const).map((m) => adjustP(p, m));
        p.forEach((own, i) => {
          expect(order[0]![i]).toBeGreaterThanOrEqual(own);
          for (let k = 1; k < 4; k++)
            expect(order[k]![i]! - order[k - 1]![i]!).toBeGreaterThanOrEqual(-1e-12);
        });
      }),
    );
    expect(() => adjustP([1.2], 'holm')).toThrow(RangeError);
  });
});

describe('comparisons within ANCOVA', () => {
  const rows = trial.filter((p) => p.m12 !== null);
  const formula: Formula = {
    variables: {
      arm: { kind: 'factor', levels: arms, values: rows.map((p) => p.arm) },
      baseline: { kind: 'covariate', values: rows.map((p) => p.baseline) },
      sex: { kind: 'factor', levels: ['F', 'M'], values: rows.map((p) => p.sex) },
      site: { kind: 'factor', levels: sites, values: rows.map((p) => p.site) },
    },
    terms: [['arm'], ['baseline'], ['sex'], ['site']],
  };
  const model = fitLinear(
    formula,
    rows.map((p) => p.m12!),
  ) as LinearModel;
  const mean = (arm: string) => meanRow(model.design, { arm });
  const against = (a: string, b: string) => differenceRow(mean(a), mean(b));

  it('Dunnett: adjusted p and simultaneous limits (2-D quadrature beside multcomp::glht)', () => {
    const [cbt, app] = dunnett(model, [against('CBT', 'TAU'), against('APP', 'TAU')]) as [
      Simultaneous,
      Simultaneous,
    ];
    close(cbt.p, 0.00651170724245687);
    close(app.p, 0.0032913708393556);
    close(cbt.lower, -6.34920731301124);
    close(cbt.upper, -0.918574365989915);
    close(app.lower, -6.54376954091717);
    close(cbt.unadjusted, 0.0033955432843885, 1e-8);
    const one = dunnett(
      model,
      [against('CBT', 'TAU'), against('APP', 'TAU')],
      0.95,
      'less',
    ) as Simultaneous[];
    expect(one[0]!.p).toBeLessThan(cbt.p);
    expect(one[0]!.lower).toBe(-Infinity);
    expect(one[0]!.upper).toBeLessThan(cbt.upper);
  });

  it('four comparisons without one factor: between the unadjusted and the Bonferroni p', () => {
    const rows = [
      against('CBT', 'TAU'),
      against('APP', 'TAU'),
      meanRow(model.design, { arm: 'TAU', sex: 'F' }, 'observed'),
      meanRow(model.design, { arm: 'TAU', site: 'S2' }),
    ];
    const origin = { ...model, coefficients: model.coefficients.map((b, j) => (j === 0 ? 0 : b)) };
    const result = dunnett(origin, rows) as Simultaneous[];
    expect(result).toHaveLength(4);
    for (const e of result) {
      expect(e.p).toBeGreaterThan(e.unadjusted);
      expect(e.p).toBeLessThan(4 * e.unadjusted);
      // The interval excludes 0 exactly when the adjusted p is below .05.
      expect(e.p < 0.05).toBe(e.lower > 0 || e.upper < 0);
    }
    expect(dunnett(model, [rows[0]!, rows[1]!, rows[0]!])).toHaveProperty('reason');
  });

  it('one comparison needs no adjustment', () => {
    const [only] = dunnett(model, [against('CBT', 'TAU')]) as [Simultaneous];
    close(only.p, only.unadjusted);
  });

  it('Tukey–Kramer (emmeans, adjust = "tukey"; ptukey is good to about 1e-8)', () => {
    const pairs = tukeyKramer(
      model,
      [against('CBT', 'TAU'), against('APP', 'TAU'), against('APP', 'CBT')],
      3,
    ) as Simultaneous[];
    pairs.forEach((e, i) => {
      close(e.p, r.tukey.p[i], 1e-7);
      close(e.lower, r.tukey.lower[i], 1e-6);
      close(e.upper, r.tukey.upper[i], 1e-6);
    });
  });
});
