import {
  type AnalysisDefinition,
  type Estimator,
  isBinary,
  type SummaryMeasure,
} from '../../analysis/estimands/plan.ts';
import type { Finding } from '../documents/parse.ts';
import { oneOf } from '../documents/repeats.ts';
import type { PlanDocument } from './plan.ts';

/** The summary measures that each estimator estimates; the first two groups need a binary variable. */
const SUMMARIES: Record<Estimator['method'], SummaryMeasure[]> = {
  'risk-difference': ['risk-difference'],
  'risk-ratio': ['risk-ratio'],
  'odds-ratio': ['odds-ratio'],
  'number-needed': ['number-needed'],
  'chi-square': ['association'],
  fisher: ['association'],
  'cochran-mantel-haenszel': ['association'],
  logistic: ['odds-ratio'],
  rerandomisation: ['mean-difference', 'risk-difference'],
  standardisation: ['risk-difference', 'risk-ratio', 'odds-ratio'],
  'modified-poisson': ['risk-ratio'],
  welch: ['mean-difference'],
  bootstrap: ['mean-difference'],
  ancova: ['mean-difference'],
  mmrm: ['mean-difference'],
  'random-intercept': ['mean-difference'],
  'random-slope': ['mean-difference'],
  'partially-nested': ['mean-difference'],
  'mann-whitney': ['shift'],
  'hedges-g': ['standardised-difference'],
  balance: ['standardised-difference'],
  'kruskal-wallis': ['association'],
};
const CONTINUOUS: Estimator['method'][] = [
  'welch',
  'bootstrap',
  'ancova',
  'mmrm',
  'random-intercept',
  'random-slope',
  'partially-nested',
  'mann-whitney',
  'hedges-g',
  'kruskal-wallis',
];
const LIKELIHOOD: Estimator['method'][] = ['mmrm', 'random-intercept', 'random-slope'];
const IMPUTING = ['multiple-imputation', 'reference-based'];

/** Whether estimator, variable, summary, missing-data method and adjustment go together. */
export function estimatorFindings(
  plan: PlanDocument,
  analysis: AnalysisDefinition,
  index: number,
): Finding[] {
  const findings: Finding[] = [];
  const at = ['analyses', index];
  const say = (path: Finding['path'], message: string) => findings.push({ path: [...at, ...path], message });
  const { estimand, estimator, missing, adjust } = analysis;
  const { method } = estimator;
  const isContinuous = CONTINUOUS.includes(method);
  if (!SUMMARIES[method].includes(estimand.summary))
    say(['estimand', 'summary'], `The estimator ${method} estimates a ${oneOf(SUMMARIES[method])}.`);
  if (method === 'rerandomisation') {
    if (isBinary(estimand.variable) !== (estimand.summary === 'risk-difference'))
      say(
        ['estimand', 'summary'],
        'A binary variable is compared by a risk-difference, a value by a mean-difference.',
      );
    if (!plan.data.allocation && plan.data.unreplayable === undefined)
      say(
        ['estimator', 'method'],
        'A re-randomisation test needs data.allocation: the design and the order.',
      );
  } else if (method === 'balance') {
    if (estimator.covariates.length === 0 && !estimator.baseline)
      say(['estimator', 'covariates'], 'There is nothing to compare: name covariates.');
    if (estimand.intercurrent.length > 0)
      say(['estimand', 'intercurrent'], 'At baseline nothing has come between yet: leave events out.');
    if (missing.method !== 'observed')
      say(['missing', 'method'], 'Balance is that of what was observed at baseline.');
  } else if (isContinuous === isBinary(estimand.variable))
    say(
      ['estimator', 'method'],
      `${method} needs a ${isContinuous ? 'value or change' : 'response, threshold or binary variable'}.`,
    );
  for (const list of ['covariates', 'strata'] as const) {
    const names = (estimator as Partial<Record<typeof list, string[]>>)[list] ?? [];
    for (const [k, name] of names.entries())
      if (!plan.data.covariates.some(({ id }) => id === name))
        say(
          ['estimator', list, k],
          `There is no covariate “${name}”; expected ${oneOf(plan.data.covariates.map(({ id }) => id))}.`,
        );
  }
  if (method === 'partially-nested') {
    const cluster = plan.data.covariates.find(({ id }) => id === estimator.cluster);
    if (cluster?.kind !== 'factor')
      say(['estimator', 'cluster'], `There is no factor “${estimator.cluster}” among the covariates.`);
    if (estimator.covariates.includes(estimator.cluster))
      say(['estimator', 'covariates'], 'The cluster is a random effect: leave it out of the covariates.');
  }
  if ('strata' in estimator && 'interval' in estimator) {
    const stratified = ['miettinen-nurminen', 'mantel-haenszel'].includes(estimator.interval);
    const only = method === 'odds-ratio' ? estimator.interval === 'mantel-haenszel' : stratified;
    if (estimator.strata.length > 0 && !only)
      say(['estimator', 'strata'], `The ${estimator.interval} interval isn’t stratified.`);
    if (estimator.interval === 'mantel-haenszel' && estimator.strata.length === 0)
      say(['estimator', 'interval'], 'Mantel–Haenszel needs strata.');
  }
  const hasBaseline = plan.data.visits.some(({ baseline }) => baseline);
  const usesBaseline =
    ('baseline' in estimator && estimator.baseline) ||
    IMPUTING.includes(missing.method) ||
    ['response', 'change'].includes(estimand.variable.kind);
  if (usesBaseline && !hasBaseline) say([], 'This analysis needs a visit that is the baseline.');

  if (missing.method === 'non-response' && !isBinary(estimand.variable))
    say(['missing', 'method'], 'Non-response is for response, threshold and binary variables.');
  if (LIKELIHOOD.includes(method) !== (missing.method === 'likelihood'))
    say(
      ['missing', 'method'],
      LIKELIHOOD.includes(method)
        ? `${method} handles missing values by likelihood.`
        : `likelihood is the missing-data method of ${oneOf(LIKELIHOOD)}.`,
    );
  if (IMPUTING.includes(missing.method)) {
    if (method !== 'ancova' && method !== 'risk-difference')
      say(['missing', 'method'], 'Imputed data are analysed by ancova or risk-difference.');
    if (method === 'risk-difference' && estimator.strata.length > 0)
      say(['estimator', 'strata'], 'Imputed risk differences aren’t stratified.');
    if (
      method === 'risk-difference' &&
      missing.method === 'reference-based' &&
      missing.inference === 'jackknife'
    )
      say(['missing', 'inference'], 'A response can’t be read off conditional means: use rubin.');
    if (estimand.variable.kind === 'binary')
      say(['estimand', 'variable'], 'Imputation works on scores: use a response or threshold of a score.');
    if (method === 'ancova' && !estimator.baseline)
      say(['estimator', 'baseline'], 'The imputation model holds the baseline: the ancova has to as well.');
    for (const [k, { strategy }] of estimand.intercurrent.entries())
      if (strategy === 'while-on-treatment')
        say(['estimand', 'intercurrent', k, 'strategy'], 'While-on-treatment leaves nothing to impute.');
  }
  if (adjust === 'dunnett') {
    const reference = plan.arms.find((arm) => arm.reference)?.id;
    if (method !== 'ancova' || missing.method !== 'observed')
      say(['adjust'], 'Dunnett’s adjustment is for an ancova of observed values.');
    else if (estimand.treatments.some(([, second]) => second !== reference))
      say(['adjust'], 'Dunnett’s adjustment compares every arm with the reference.');
  } else if (adjust === 'tukey') {
    if (method !== 'ancova' || missing.method !== 'observed')
      say(['adjust'], 'Tukey’s adjustment is for an ancova of observed values.');
  } else if (adjust !== 'none') {
    const without =
      method === 'bootstrap' ||
      method === 'hedges-g' ||
      method === 'balance' ||
      method === 'number-needed' ||
      method === 'kruskal-wallis' ||
      method === 'risk-ratio' ||
      method === 'odds-ratio' ||
      (method === 'risk-difference' &&
        !IMPUTING.includes(missing.method) &&
        !(estimator.interval === 'miettinen-nurminen' && estimator.strata.length === 0));
    if (without)
      say(['adjust'], 'This estimator gives no p-values to adjust; add a test such as chi-square.');
  }
  return findings;
}
