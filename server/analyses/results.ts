import { z } from 'zod';
import type { PlanResults } from '../../analysis/estimands/results.ts';
import { variable } from './plan.ts';

const number = z.number().nullable();
const count = z.int().nonnegative();
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const role = z.enum(['primary', 'secondary', 'sensitivity', 'exploratory']);
const measure = z.enum([
  'proportion',
  'risk',
  'risk-difference',
  'risk-ratio',
  'odds-ratio',
  'number-needed',
  'mean',
  'mean-difference',
  'shift',
  'standardised-difference',
  'association',
]);

const row = z.strictObject({
  analysis: z.string(),
  visit: z.string(),
  measure,
  arm: z.string().nullable().describe('Null for a test of all arms at once.'),
  versus: z.string().nullable().describe('The arm compared with; null for an arm’s own estimate.'),
  covariate: z
    .string()
    .nullable()
    .default(null)
    .describe('What is compared at baseline, in an analysis of balance: “Age”, “Sex: F”.'),
  delta: number.describe('Added to imputed values, in a tipping-point analysis.'),
  estimate: number,
  se: number,
  df: number.describe('Null: the normal distribution, or no test.'),
  statistic: number,
  p: number.describe('Two-sided, unadjusted.'),
  pAdjusted: number,
  lower: number,
  upper: number,
  level: z.number(),
  n: count.nullable().describe('Participants analysed in the arm.'),
  nVersus: count.nullable(),
  numerator: count.nullable(),
  denominator: count.nullable(),
  method: z.string(),
  perPlan: z.boolean(),
  converged: z.boolean().nullable().describe('Of an iterative fit; null where nothing is iterated.'),
  conclusion: z
    .enum(['stands', 'tips', 'tipped'])
    .nullable()
    .default(null)
    .describe(
      'Of a comparison in a tipping-point analysis: the conclusion of the smallest delta stands, tips here, or tipped at a smaller one.',
    ),
  reason: z
    .string()
    .nullable()
    .describe(
      'Why a number is null (separation, a singular covariance, an infinite limit); no number is ever NaN.',
    ),
});

/** What `equipoise analyse` writes and `equipoise report` reads. */
export const resultsDocument = z
  .strictObject({
    format: z.literal('equipoise-results/1'),
    synthetic: z.string().optional().describe('Where the data are synthetic: how they were made.'),
    plan: z.strictObject({
      id: z.string(),
      title: z.string(),
      file: z.string(),
      sha256: hash,
      level: z.number(),
    }),
    data: z.strictObject({ file: z.string(), sha256: hash, rows: count, participants: count }),
    engine: z.strictObject({
      name: z.literal('equipoise'),
      version: z.string(),
      node: z.string(),
      ranAt: z.iso.datetime(),
      seed: count,
    }),
    arms: z.array(
      z.strictObject({ id: z.string(), label: z.string(), reference: z.boolean(), participants: count }),
    ),
    visits: z.array(
      z.strictObject({ id: z.string(), label: z.string(), day: z.number(), baseline: z.boolean() }),
    ),
    measures: z.array(
      z.strictObject({ id: z.string(), label: z.string(), better: z.enum(['lower', 'higher']) }),
    ),
    analyses: z.array(
      z.strictObject({
        id: z.string(),
        label: z.string(),
        role,
        perPlan: z.boolean(),
        estimand: z.strictObject({
          treatments: z.array(z.string()),
          population: z.string(),
          variable: z.string(),
          intercurrent: z.array(
            z.strictObject({
              event: z.string(),
              strategy: z.enum(['treatment-policy', 'hypothetical', 'composite', 'while-on-treatment']),
            }),
          ),
          summary: z.string(),
        }),
        variable,
        missing: z.enum(['observed', 'non-response', 'likelihood', 'multiple-imputation', 'reference-based']),
        method: z.string(),
        references: z.array(z.string()),
        notes: z.array(z.string()),
      }),
    ),
    rows: z.array(row),
    described: z.array(
      z.strictObject({
        measure: z.string(),
        visit: z.string(),
        arm: z.string(),
        n: count,
        mean: number,
        sd: number,
        changeN: count,
        change: number,
        lower: number,
        upper: number,
      }),
    ),
  })
  .describe('Results of an analysis plan: one row for each estimate.');

export const checkResults = (value: unknown): z.ZodSafeParseResult<PlanResults> =>
  resultsDocument.safeParse(value);
