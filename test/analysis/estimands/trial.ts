import { readFileSync } from 'node:fs';
import type { AnalysisDefinition } from '../../../analysis/estimands/plan.ts';
import type { EstimateRow, PlanResults } from '../../../analysis/estimands/results.ts';
import { drive, type Steps } from '../../../analysis/tasks/task.ts';
import { stepsOnFiles } from '../../../server/analyses/run.ts';

/** What the tests of one trial share: where columns are. JSON is YAML too. */
export const frame = {
  equipoise: 'plan/1',
  id: 'trial3',
  title: 'Three arms',
  data: {
    format: 'wide',
    subject: 'id',
    arm: 'arm',
    visits: [
      { id: 'baseline', label: 'Baseline', day: 0, baseline: true },
      { id: 'm3', label: '3 months', day: 91 },
      { id: 'm12', label: '12 months', day: 365 },
    ],
    measures: [
      {
        id: 'score',
        label: 'Score',
        better: 'lower',
        columns: { baseline: 'baseline', m3: 'm3', m12: 'm12' },
      },
    ],
    covariates: [
      { id: 'sex', label: 'Sex', column: 'sex', kind: 'factor' },
      { id: 'site', label: 'Site', column: 'site', kind: 'factor' },
    ],
  },
  arms: [
    { id: 'CBT', label: 'CBT' },
    { id: 'APP', label: 'App' },
    { id: 'TAU', label: 'Usual care', reference: true },
  ],
};

export type Given = Partial<Omit<AnalysisDefinition, 'estimator' | 'missing' | 'estimand'>> & {
  estimator: Record<string, unknown>;
  missing?: Record<string, unknown>;
  estimand?: Record<string, unknown>;
};

export const TRIAL = 'test/reference/trial3.csv';

/** A plan document of the analyses, each filled up with what the tests share. */
export function planOf(analyses: Given[], more = {}) {
  return {
    ...frame,
    ...more,
    analyses: analyses.map(({ estimand, ...given }, i) => ({
      id: `a${i}`,
      label: `Analysis ${i}`,
      role: 'primary',
      missing: { method: 'observed' },
      ...given,
      estimand: {
        treatments: [
          ['CBT', 'TAU'],
          ['APP', 'TAU'],
        ],
        variable: { kind: 'value', measure: 'score' },
        visits: ['m12'],
        summary: 'mean-difference',
        ...estimand,
      },
    })),
  };
}

const files = (plan: object, csv: string) =>
  [
    { path: 'trial.csv', bytes: Buffer.from(csv) },
    { path: 'plan.yaml', bytes: Buffer.from(JSON.stringify(plan)) },
    { seed: 7, ranAt: '2026-01-01T00:00:00.000Z' },
  ] as const;

/** @param csv the trial’s text, or another of the same columns */
export const runAnalyses = (analyses: Given[], csv = readFileSync(TRIAL, 'utf8'), more = {}): PlanResults =>
  drive(stepsOf(planOf(analyses, more), csv));

export const stepsOf = (plan: object, csv: string): Steps<PlanResults> => stepsOnFiles(...files(plan, csv));

export const response = {
  variable: { kind: 'response', measure: 'score', fall: 0.5 },
  summary: 'risk-difference',
};

export function find(
  results: PlanResults,
  where: Partial<Pick<EstimateRow, 'analysis' | 'measure' | 'arm' | 'versus' | 'visit' | 'delta'>>,
): EstimateRow {
  const found = results.rows.filter((row) =>
    Object.entries(where).every(([key, value]) => row[key as keyof EstimateRow] === value),
  );
  if (found.length !== 1) throw new Error(`${found.length} rows are ${JSON.stringify(where)}`);
  return found[0]!;
}

/** A small trial, a line for each participant: `arm baseline m3 m12`; `-` is missing. */
export function small(lines: string[]): string {
  const rows = lines.map((line, i) => {
    const [arm, ...scores] = line.split(' ');
    return [i + 1, arm, 'F', 'S1', ...scores.map((s) => (s === '-' ? '' : s))].join(',');
  });
  return `id,arm,sex,site,baseline,m3,m12\n${rows.join('\n')}\n`;
}
