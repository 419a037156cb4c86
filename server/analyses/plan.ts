import { z } from 'zod';
import type { AnalysisPlan } from '../../analysis/estimands/plan.ts';

const name = z.string().regex(/^[A-Za-z][A-Za-z0-9-]*$|^[0-9]+$/, 'a name of letters, digits and hyphens');
const label = z.string().min(1).max(160);
const column = z.string().min(1).describe('A column of the CSV.');
const names = z.array(name).default([]);

export const variable = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('value'), measure: name }),
    z.strictObject({ kind: z.literal('change'), measure: name }),
    z.strictObject({ kind: z.literal('binary'), measure: name }).describe('The measure is 0 or 1 itself.'),
    z.strictObject({
      kind: z.literal('response'),
      measure: name,
      fall: z.number().gt(0).max(1).describe('Least relative improvement from baseline.'),
    }),
    z.strictObject({
      kind: z.literal('threshold'),
      measure: name,
      atMost: z.number().optional(),
      atLeast: z.number().optional(),
    }),
  ])
  .describe('What is measured of each participant.');

const estimand = z
  .strictObject({
    treatments: z
      .array(z.tuple([name, name]))
      .min(1)
      .describe('Pairs of arms, [first, second].'),
    population: name.default('all-randomised'),
    variable,
    visits: z.array(name).min(1),
    intercurrent: z
      .array(
        z.strictObject({
          event: name,
          strategy: z.enum(['treatment-policy', 'hypothetical', 'composite', 'while-on-treatment']),
        }),
      )
      .default([]),
    summary: z.enum([
      'risk-difference',
      'risk-ratio',
      'odds-ratio',
      'number-needed',
      'mean-difference',
      'shift',
      'standardised-difference',
      'association',
    ]),
  })
  .describe('Stated as in ICH E9(R1).');

const proportion = z.enum(['wilson', 'clopper-pearson', 'agresti-coull', 'jeffreys']).default('wilson');
const baseline = z.boolean().default(true).describe('The measure’s score at baseline is a covariate too.');
const weights = z.enum(['equal', 'observed']).default('equal').describe('Of adjusted means over factors.');
const degrees = z
  .enum([
    'satterthwaite',
    'kenward-roger',
    'kenward-roger-linear',
    'kenward-roger-expected',
    'residual',
    'asymptotic',
  ])
  .default('kenward-roger');

const replicates = z.int().min(100).max(20_000).default(2000);

const estimator = z.discriminatedUnion('method', [
  z.strictObject({
    method: z.literal('risk-difference'),
    interval: z
      .enum(['newcombe', 'miettinen-nurminen', 'agresti-caffo', 'wald', 'mantel-haenszel'])
      .default('newcombe'),
    proportion,
    strata: names.describe('Covariates: for miettinen-nurminen and mantel-haenszel.'),
  }),
  z.strictObject({
    method: z.literal('risk-ratio'),
    interval: z.enum(['koopman', 'miettinen-nurminen', 'katz']).default('koopman'),
    proportion,
  }),
  z.strictObject({
    method: z.literal('odds-ratio'),
    interval: z
      .enum(['miettinen-nurminen', 'woolf', 'exact', 'mantel-haenszel'])
      .default('miettinen-nurminen'),
    proportion,
    strata: names.describe('Covariates: for mantel-haenszel.'),
  }),
  z.strictObject({ method: z.literal('number-needed'), proportion }),
  z.strictObject({
    method: z.literal('chi-square'),
    variant: z.enum(['pearson', 'yates', 'n-1', 'likelihood-ratio']).default('pearson'),
  }),
  z.strictObject({ method: z.literal('fisher') }),
  z.strictObject({
    method: z.literal('cochran-mantel-haenszel'),
    strata: z.array(name).min(1),
    corrected: z.boolean().default(false),
  }),
  z.strictObject({
    method: z.literal('logistic'),
    covariates: names,
    baseline,
    firth: z.enum(['when-separated', 'always', 'never']).default('when-separated'),
    interval: z.enum(['wald', 'profile']).default('wald'),
  }),
  z.strictObject({
    method: z.literal('standardisation'),
    covariates: names,
    baseline,
    variance: z.enum(['ye', 'ge', 'bootstrap']).default('ye'),
    replicates: replicates.describe('Of the bootstrap.'),
    interval: z.enum(['bca', 'percentile']).default('bca').describe('Of the bootstrap.'),
  }),
  z.strictObject({
    method: z.literal('rerandomisation'),
    covariates: names,
    baseline: z.boolean().default(false).describe('The measure’s score at baseline is a covariate too.'),
    replicates: z.int().min(100).max(1_000_000).default(10_000),
  }),
  z.strictObject({ method: z.literal('modified-poisson'), covariates: names, baseline }),
  z.strictObject({ method: z.literal('welch') }),
  z.strictObject({ method: z.literal('mann-whitney') }),
  z.strictObject({ method: z.literal('kruskal-wallis') }),
  z.strictObject({ method: z.literal('hedges-g') }),
  z.strictObject({
    method: z.literal('ancova'),
    covariates: names,
    baseline,
    errors: z.enum(['model', 'HC0', 'HC1', 'HC2', 'HC3', 'HC4']).default('model'),
    weights,
  }),
  z.strictObject({
    method: z.literal('mmrm'),
    covariates: names,
    baseline,
    structure: z
      .enum([
        'unstructured',
        'toeplitz',
        'heterogeneous-toeplitz',
        'ar1',
        'heterogeneous-ar1',
        'compound-symmetry',
        'heterogeneous-compound-symmetry',
        'independent',
      ])
      .default('unstructured'),
    covariances: z
      .enum(['shared', 'by-arm'])
      .default('shared')
      .describe('One covariance matrix for all arms, or one for each.'),
    likelihood: z.enum(['REML', 'ML']).default('REML'),
    degrees,
    weights,
  }),
  z.strictObject({ method: z.literal('random-intercept'), covariates: names, baseline, degrees }),
  z.strictObject({ method: z.literal('random-slope'), covariates: names, baseline, degrees }),
  z.strictObject({
    method: z.literal('partially-nested'),
    cluster: name.describe('Covariate with the therapy group or therapist; empty for those who have none.'),
    covariates: names,
    baseline,
    heteroscedastic: z
      .boolean()
      .default(false)
      .describe('Whether the clustered arm has a residual variance of its own.'),
    degrees,
  }),
  z.strictObject({
    method: z.literal('bootstrap'),
    replicates,
    interval: z.enum(['percentile', 'basic', 'bca']).default('bca'),
  }),
]);

const imputations = z.int().min(2).max(1000).default(50);
const missing = z.discriminatedUnion('method', [
  z.strictObject({ method: z.literal('observed') }),
  z.strictObject({ method: z.literal('non-response') }),
  z.strictObject({ method: z.literal('likelihood') }),
  z.strictObject({
    method: z.literal('multiple-imputation'),
    imputations,
    model: z.enum(['repeated', 'chained']).default('repeated'),
  }),
  z.strictObject({
    method: z.literal('reference-based'),
    strategy: z.enum(['MAR', 'J2R', 'CIR', 'CR', 'LMCF']),
    inference: z.enum(['jackknife', 'rubin']).default('jackknife'),
    imputations,
    deltas: z
      .array(z.number())
      .min(1)
      .default([0])
      .describe('Added to imputed values, one analysis for each.'),
  }),
]);

const role = z.enum(['primary', 'secondary', 'sensitivity', 'exploratory']);

const analysis = z
  .strictObject({
    id: name,
    label,
    role,
    prespecified: z
      .boolean()
      .optional()
      .describe('Planned before the data were seen (all but exploratory ones).'),
    estimand,
    estimator,
    missing,
    adjust: z.enum(['none', 'holm', 'hochberg', 'hommel', 'bonferroni', 'dunnett', 'tukey']).default('none'),
  })
  .transform((value) => ({ ...value, prespecified: value.prespecified ?? value.role !== 'exploratory' }));

const allocation = z
  .strictObject({
    order: column.describe('Place in the order of allocation, from 1.'),
    factors: z.record(z.string(), column).default({}).describe('The column of each factor of the design.'),
    design: z
      .looseObject({
        engine: z.literal(1),
        study: z.string(),
        arms: z.array(z.looseObject({ id: z.string() })),
      })
      .describe('The design as the allocation log has it.'),
  })
  .describe('How participants were allocated, for a re-randomisation test.');

const data = z.strictObject({
  format: z.enum(['wide', 'long']).describe('One row for each participant, or one for each visit.'),
  subject: column,
  arm: column,
  keep: z
    .record(z.string(), z.array(z.string()).min(1))
    .default({})
    .describe('Rows that are read: those whose cell is one of the values.'),
  missing: z.array(z.string()).default(['', 'NA']).describe('Cells that mean “missing”.'),
  visit: column.optional().describe('Long: the column that names the visit.'),
  randomised: column.optional().describe('Day of randomisation, for events that are dated.'),
  visits: z
    .array(
      z.strictObject({
        id: name,
        label,
        day: z.number().describe('Target day from randomisation.'),
        baseline: z.boolean().default(false),
      }),
    )
    .min(1),
  measures: z
    .array(
      z.strictObject({
        id: name,
        label,
        better: z.enum(['lower', 'higher']),
        columns: z.record(z.string(), column).default({}).describe('Wide: the column of each visit.'),
        value: column.optional().describe('Long: the column with the value.'),
        where: z
          .record(z.string(), z.string())
          .default({})
          .describe('Long: the cells of this measure’s rows.'),
      }),
    )
    .min(1),
  covariates: z
    .array(z.strictObject({ id: name, label, column, kind: z.enum(['factor', 'number']) }))
    .default([]),
  events: z
    .array(z.strictObject({ id: name, label, column, kind: z.enum(['flag', 'visit', 'day']) }))
    .default([]),
  allocation: allocation.optional(),
});

export const planDocument = z
  .strictObject({
    equipoise: z.literal('plan/1').describe('What kind of document this is.'),
    id: name,
    title: label,
    level: z.number().gt(0.5).lt(1).default(0.95).describe('Confidence level.'),
    data,
    arms: z
      .array(
        z.strictObject({
          id: name,
          label,
          cell: z.string().optional().describe('The cell that says so (the identifier).'),
          reference: z.boolean().default(false),
        }),
      )
      .min(2),
    populations: z
      .array(
        z.strictObject({
          id: name,
          label,
          filled: z.array(column).default([]).describe('Columns whose cell must not be empty.'),
          empty: z.array(column).default([]).describe('Columns whose cell must be empty.'),
        }),
      )
      .default([{ id: 'all-randomised', label: 'All randomised', filled: [], empty: [] }]),
    analyses: z.array(analysis).min(1),
  })
  .describe('An analysis plan: what the columns of a CSV mean, and the analyses with their estimands.');

export type PlanDocument = z.infer<typeof planDocument>;

/** The plan as the analysis takes it. */
export const asPlan = ({ equipoise: _, ...plan }: PlanDocument): AnalysisPlan => plan as AnalysisPlan;
