import type { PlanResults } from '../../../analysis/estimands/results.ts';
import { drawNormal, seededUniform } from '../../../analysis/resampling/generator.ts';
import { drive } from '../../../analysis/tasks/task.ts';
import { adjust, estimator, missing } from '../../../server/analyses/estimator/document.ts';
import type { Given } from './trial.ts';
import { planOf, stepsOf } from './trial.ts';

/** The visits of a trial with five of them, and a file of which each line is `arm sex site group scores…`. */
export const VISITS = ['v1', 'v2', 'v3', 'v4', 'v5'];
const ARMS = ['CBT', 'APP', 'TAU'];

export const nasty = {
  arms: [
    { id: 'CBT', label: 'CBT' },
    { id: 'APP', label: 'App' },
    { id: 'TAU', label: 'Usual care', reference: true },
  ],
  data: {
    format: 'wide',
    subject: 'id',
    arm: 'arm',
    visits: [
      { id: 'v0', label: 'Baseline', day: 0, baseline: true },
      ...VISITS.map((id, i) => ({ id, label: `Visit ${i + 1}`, day: 30 * (i + 1) })),
    ],
    measures: [
      {
        id: 'score',
        label: 'Score',
        better: 'lower',
        columns: Object.fromEntries(['v0', ...VISITS].map((id) => [id, id])),
      },
    ],
    covariates: [
      { id: 'sex', label: 'Sex', column: 'sex', kind: 'factor' },
      { id: 'site', label: 'Site', column: 'site', kind: 'factor' },
      { id: 'group', label: 'Therapy group', column: 'group', kind: 'factor' },
    ],
    allocation: {
      order: 'order',
      factors: { sex: 'sex' },
      design: {
        engine: 1,
        study: 'nasty',
        arms: ARMS.map((id) => ({ id, ratio: 1 })),
        factors: [{ id: 'sex', levels: ['F', 'M'] }],
        scheme: { kind: 'permuted-blocks', sizes: [3, 6] },
      },
    },
  },
};

/** `-` is an empty cell. */
export function nastyCsv(lines: readonly string[]): string {
  const rows = lines.map((line, i) =>
    [i + 1, i + 1, ...line.split(' ').map((cell) => (cell === '-' ? '' : cell))].join(),
  );
  return `id,order,arm,sex,site,group,v0,${VISITS.join()}\n${rows.join('\n')}\n`;
}

const last = { visits: ['v5'] };
const binary = { variable: { kind: 'response', measure: 'score', fall: 0.5 } };

/** What each estimator needs to be asked for at all. */
const NEEDS: Record<string, { estimator?: object; missing?: object; estimand: object }> = {
  'risk-difference': { estimand: { ...binary, summary: 'risk-difference' } },
  'risk-ratio': { estimand: { ...binary, summary: 'risk-ratio' } },
  'odds-ratio': { estimand: { ...binary, summary: 'odds-ratio' } },
  'number-needed': { estimand: { ...binary, summary: 'number-needed' } },
  'chi-square': { estimand: { ...binary, summary: 'association' } },
  fisher: { estimand: { ...binary, summary: 'association' } },
  'cochran-mantel-haenszel': {
    estimator: { strata: ['sex'] },
    estimand: { ...binary, summary: 'association' },
  },
  logistic: { estimand: { ...binary, summary: 'odds-ratio' } },
  standardisation: { estimator: { replicates: 100 }, estimand: { ...binary, summary: 'risk-difference' } },
  rerandomisation: { estimator: { replicates: 100 }, estimand: { summary: 'mean-difference' } },
  'modified-poisson': { estimand: { ...binary, summary: 'risk-ratio' } },
  welch: { estimand: {} },
  'mann-whitney': { estimand: { summary: 'shift' } },
  'kruskal-wallis': { estimand: { summary: 'association' } },
  'hedges-g': { estimand: { summary: 'standardised-difference' } },
  balance: {
    estimator: { covariates: ['sex'] },
    estimand: { visits: ['v0'], summary: 'standardised-difference' },
  },
  ancova: { estimand: {} },
  mmrm: { missing: { method: 'likelihood' }, estimand: {} },
  'random-intercept': { missing: { method: 'likelihood' }, estimand: {} },
  'random-slope': { missing: { method: 'likelihood' }, estimand: {} },
  'partially-nested': { estimator: { cluster: 'group' }, estimand: {} },
  bootstrap: { estimator: { replicates: 100 }, estimand: {} },
};

interface Field {
  type: string;
  options?: string[];
}

/** The kind of a field behind its default. */
function fieldOf(schema: unknown): Field {
  let at = schema as { def: { type: string; innerType?: unknown }; options?: string[] };
  while (at.def.innerType !== undefined) at = at.def.innerType as typeof at;
  return { type: at.def.type, ...(at.options && { options: at.options }) };
}

/** Each method with its usual options, and then with each other option that the plan's schema knows, one at a time. */
export const everything: Given[] = estimator.options.flatMap(({ shape }) => {
  const method = shape.method.value as string;
  const { estimator: needed, missing: how, estimand } = NEEDS[method]!;
  const make = (more: object = {}, other = {}): Given => ({
    estimator: { method, ...needed, ...more },
    ...(how && { missing: how as Record<string, unknown> }),
    estimand: { ...last, ...estimand, ...other },
  });
  const options = Object.entries(shape).flatMap(([key, schema]): Given[] => {
    const { type, options: values } = fieldOf(schema);
    if (key === 'covariates') return [make({ covariates: ['sex', 'site'] })];
    if (type === 'boolean') return [make({ [key]: true }), make({ [key]: false })];
    if (type !== 'enum') return [];
    return values!.map((value) =>
      make({
        [key]: value,
        ...(value === 'mantel-haenszel' && { strata: ['sex'] }),
        ...(method === 'standardisation' && key === 'interval' && { variance: 'bootstrap' }),
      }),
    );
  });
  return [make(), ...options];
});

const onAncova = (given: Partial<Given>): Given => ({
  estimator: { method: 'ancova' },
  ...given,
  estimand: last,
});

everything.push(
  {
    estimator: { method: 'risk-difference', interval: 'miettinen-nurminen', strata: ['sex'] },
    estimand: { ...last, ...binary, summary: 'risk-difference' },
  },
  {
    estimator: { method: 'risk-difference' },
    missing: { method: 'non-response' },
    estimand: { ...last, ...binary, summary: 'risk-difference' },
  },
  ...['risk-ratio', 'odds-ratio'].map((summary) => ({
    estimator: { method: 'standardisation' },
    estimand: { ...last, ...binary, summary },
  })),
  {
    estimator: { method: 'rerandomisation', replicates: 100 },
    estimand: { ...last, ...binary, summary: 'risk-difference' },
  },
  { estimator: { method: 'mmrm' }, missing: { method: 'likelihood' }, estimand: { visits: VISITS } },
  ...['repeated', 'chained'].map((model) =>
    onAncova({ missing: { method: 'multiple-imputation', model, imputations: 2 } }),
  ),
  {
    estimator: { method: 'risk-difference' },
    missing: { method: 'multiple-imputation', imputations: 3, model: 'chained' },
    estimand: { ...last, ...binary, summary: 'risk-difference' },
  },
  onAncova({ missing: { method: 'reference-based', strategy: 'J2R', deltas: [0, 3] } }),
  ...['MAR', 'J2R', 'CIR', 'CR', 'LMCF'].map((strategy) =>
    onAncova({ missing: { method: 'reference-based', strategy, inference: 'rubin', imputations: 2 } }),
  ),
  ...adjust.options.map((one) => onAncova({ adjust: one })),
);

/** Missing-data methods that are asked for above; the test holds them to the schema's. */
export const missingMethods = missing.options.map(({ shape }) => shape.method.value as string);

/** Runs analyses (everything, unless others are named) over a nasty file. */
export function runEverything(csv: string, analyses: Given[] = everything, more = {}): PlanResults {
  return drive(stepsOf(planOf(analyses, { ...nasty, ...more }), csv));
}

/**
 * So many people in three arms and six scores each, drawn from a seed; every seventh score after the second visit is
 * missing.
 *
 * @param shift added to everybody's scores
 */
export function trialOf(people: number, seed: number, shift = 0): string {
  const uniform = seededUniform(seed);
  return nastyCsv(
    Array.from({ length: people }, (_, i) => {
      const arm = ['CBT', 'APP', 'TAU'][i % 3]!;
      const [own, later, slope] = [4, 4, 1.6].map((sd) => sd * drawNormal(uniform));
      const scores = ['v0', ...VISITS].map((__, t) => {
        const score = 34 + own! + (t > 0 ? later! : 0) + slope! * t + 1.5 * drawNormal(uniform);
        const value = Math.max(1, score - (i % 3 === 2 ? 4 : 5 - (i % 3)) * t) + shift;
        return t > 2 && (3 * i + t) % 7 === 0 ? '-' : value.toFixed(1);
      });
      const group = arm === 'CBT' ? `g${Math.floor(i / 3) % 5}` : '-';
      return [arm, i % 2 ? 'F' : 'M', i % 4 < 2 ? 'S1' : 'S2', group, ...scores].join(' ');
    }),
  );
}
