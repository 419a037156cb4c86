import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { reference, relativeError } from '../../reference/read.ts';
import { find, frame, runAnalyses, TRIAL } from './trial.ts';

const r = reference('doors');
const close = (got: number | null, expected: number, limit: number) =>
  expect(relativeError(got, expected), `${got} for ${expected}`).toBeLessThan(limit);

/** Models by way of a plan; numbers of R 4.2.2, made by test/reference/doors.R. */
describe('models of a plan', () => {
  test('all pairs of an ANCOVA by Tukey and Kramer (emmeans; ptukey is good to about 1e-8)', () => {
    const treatments = [
      ['CBT', 'TAU'],
      ['APP', 'TAU'],
      ['CBT', 'APP'],
    ];
    const results = runAnalyses([
      {
        estimator: { method: 'ancova', covariates: ['sex', 'site'] },
        adjust: 'tukey',
        estimand: { treatments },
      },
    ]);
    treatments.forEach(([arm, versus], i) => {
      const row = find(results, { measure: 'mean-difference', arm: arm!, versus: versus! });
      close(row.estimate, r.tukey.estimate[i], 1e-8);
      close(row.pAdjusted, r.tukey.p[i], 1e-7);
      close(row.lower, r.tukey.lower[i], 1e-6);
      close(row.upper, r.tukey.upper[i], 1e-6);
    });
    expect(results.analyses[0]!.method).toContain('Tukey–Kramer');
    expect(results.analyses[0]!.references.join(' ')).toContain('Kramer CY');
  });

  test('one arm treated in groups (lme4, pbkrtest): the difference, its error and degrees of freedom', () => {
    const csv = readFileSync(TRIAL, 'utf8')
      .trim()
      .split('\n')
      .map((line, i) => {
        const [, arm, , site] = line.replaceAll('"', '').split(',');
        return `${line},${i === 0 ? 'group' : arm === 'CBT' ? site : ''}`;
      })
      .join('\n');
    const results = runAnalyses(
      [
        {
          estimator: { method: 'partially-nested', cluster: 'group', degrees: 'kenward-roger-expected' },
        },
      ],
      csv,
      {
        data: {
          ...frame.data,
          covariates: [{ id: 'group', label: 'Therapy group', column: 'group', kind: 'factor' }],
        },
      },
    );
    const row = find(results, { measure: 'mean-difference', arm: 'CBT' });
    // lme4's optimiser stops at about six figures.
    close(row.estimate, r.nested.estimate, 1e-5);
    close(row.se, r.nested.se, 1e-4);
    close(row.df, r.nested.df, 1e-3);
    expect(results.analyses[0]!.notes[0]).toMatch(/^At m12: 4 clusters, intraclass correlation 0\.0\d\d\.$/);
  });

  test('a random slope over the visits’ days (lme4, pbkrtest)', () => {
    const { id, arm, base, visit, y } = reference('mixed').data as Record<string, string[]>;
    const csv = [
      'id,arm,base,visit,y',
      ...id!.map((_, i) => [id, arm, base, visit, y].map((c) => c![i]).join()),
    ];
    const results = runAnalyses(
      [
        {
          estimator: {
            method: 'random-slope',
            covariates: ['base'],
            baseline: false,
            degrees: 'kenward-roger-expected',
          },
          missing: { method: 'likelihood' },
          estimand: { treatments: [['B', 'A']], visits: ['4'] },
        },
      ],
      `${csv.join('\n')}\n`,
      {
        arms: [
          { id: 'A', label: 'A', reference: true },
          { id: 'B', label: 'B' },
        ],
        data: {
          format: 'long',
          subject: 'id',
          arm: 'arm',
          visit: 'visit',
          visits: ['1', '2', '3', '4'].map((id) => ({ id, label: `Visit ${id}`, day: 30 * Number(id) })),
          measures: [{ id: 'score', label: 'Score', better: 'lower', value: 'y' }],
          covariates: [{ id: 'base', label: 'Baseline', column: 'base', kind: 'number' }],
        },
      },
    );
    const row = find(results, { measure: 'mean-difference' });
    close(row.estimate, r.slope.estimate, 1e-4);
    close(row.se, r.slope.se, 1e-4);
    close(row.df, r.slope.df, 1e-3);
  });

  test('with a covariance for each arm, an arm’s own means don’t depend on the others', () => {
    const csv = readFileSync(TRIAL, 'utf8');
    const others = csv
      .trim()
      .split('\n')
      .filter((line) => !line.includes('"APP"'));
    const mmrm = (covariances: string) => ({
      estimator: { method: 'mmrm', baseline: false, covariances, degrees: 'satterthwaite' },
      missing: { method: 'likelihood' },
      estimand: { treatments: [['CBT', 'TAU']] },
    });
    const three = [
      {
        ...mmrm('by-arm'),
        estimand: {
          treatments: [
            ['CBT', 'TAU'],
            ['APP', 'TAU'],
          ],
        },
      },
      {
        ...mmrm('shared'),
        estimand: {
          treatments: [
            ['CBT', 'TAU'],
            ['APP', 'TAU'],
          ],
        },
      },
    ];
    const all = runAnalyses(three);
    const two = runAnalyses([mmrm('by-arm')], `${others.join('\n')}\n`);
    const own = find(all, { analysis: 'a0', measure: 'mean', arm: 'CBT' });
    const alone = find(two, { analysis: 'a0', measure: 'mean', arm: 'CBT' });
    close(own.estimate, alone.estimate!, 1e-8);
    close(own.se, alone.se!, 1e-8);
    close(own.df, alone.df!, 1e-6);
    expect(find(all, { analysis: 'a1', measure: 'mean', arm: 'CBT' }).se).not.toBeCloseTo(own.se!, 3);
  });
});
