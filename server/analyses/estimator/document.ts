import { z } from 'zod';

/** A name in an analysis plan: of an arm, a visit, a measure, a covariate, an event. */
export const name = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]*$/, 'a name of letters, digits and hyphens');
const names = z.array(name).default([]);

/** What an effect is expressed as. */
export const summary = z.enum([
  'risk-difference',
  'risk-ratio',
  'odds-ratio',
  'number-needed',
  'mean-difference',
  'shift',
  'standardised-difference',
  'association',
]);

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

/** How an estimand is estimated; what isn’t said has the usual default. */
export const estimator = z.discriminatedUnion('method', [
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
  z
    .strictObject({ method: z.literal('balance'), covariates: names, baseline })
    .describe('Standardised mean differences at the baseline visit.'),
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
/** What stands for values that are missing. */
export const missing = z.discriminatedUnion('method', [
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

/** How p-values of several comparisons are adjusted. */
export const adjust = z.enum(['none', 'holm', 'hochberg', 'hommel', 'bonferroni', 'dunnett', 'tukey']);

export type EstimatorDefinition = z.infer<typeof estimator>;
export type MissingDefinition = z.infer<typeof missing>;
