import type {
  AnalysisDefinition,
  AnalysisPlan,
  Estimator,
  MissingMethod,
  VariableDefinition,
} from './plan.ts';
import { REFERENCES, type ReferenceKey } from './references.ts';
import type { AnalysisSummary } from './results.ts';
import { SUMMARY_WORDS } from './wording.ts';

/** The five attributes of an estimand in words, for the estimands table. */
export function summarise(
  plan: AnalysisPlan,
  { estimand, estimator }: AnalysisDefinition,
): AnalysisSummary['estimand'] {
  const arm = (id: string) => plan.arms.find((one) => one.id === id)?.label ?? id;
  const visits = estimand.visits.map((id) => plan.data.visits.find((one) => one.id === id)?.label ?? id);
  return {
    treatments: estimand.treatments.map(([first, second]) => `${arm(first)} vs ${arm(second)}`),
    population: plan.populations.find(({ id }) => id === estimand.population)?.label ?? estimand.population,
    variable:
      estimator.method === 'balance'
        ? `Covariates at ${listed(visits)}`
        : `${variableText(plan, estimand.variable)} at ${listed(visits)}`,
    intercurrent: estimand.intercurrent.map(({ event, strategy }) => ({
      event: plan.data.events.find(({ id }) => id === event)?.label ?? event,
      strategy,
    })),
    summary: SUMMARY_WORDS[estimand.summary],
  };
}

export function variableText(plan: AnalysisPlan, variable: VariableDefinition): string {
  const measure = plan.data.measures.find(({ id }) => id === variable.measure);
  const label = measure?.label ?? variable.measure;
  switch (variable.kind) {
    case 'value':
    case 'binary':
      return label;
    case 'change':
      return `Change in ${label} from baseline`;
    case 'response':
      return `Response (at least ${Number((100 * variable.fall).toFixed(2))}% ${measure?.better === 'higher' ? 'rise' : 'fall'} in ${label} from baseline)`;
    case 'threshold':
      return `${label} ${[
        variable.atLeast === undefined ? '' : `of ${variable.atLeast} or above`,
        variable.atMost === undefined ? '' : `of ${variable.atMost} or below`,
      ]
        .filter(Boolean)
        .join(' and ')}`;
  }
}

/** How an analysis was done, in sentences for a methods section. */
export function methodText(plan: AnalysisPlan, { estimator, missing, adjust }: AnalysisDefinition): string {
  const percent = `${Number((100 * plan.level).toFixed(3))}%`;
  const names = (ids: readonly string[]) =>
    listed(ids.map((id) => plan.data.covariates.find((one) => one.id === id)?.label.toLowerCase() ?? id));
  const sentences = [
    `${estimatorText(estimator, missing, percent, names)}.`,
    `${missingText(missing, estimator)}.`,
  ];
  if (adjust === 'dunnett')
    sentences.push('P-values and limits are adjusted for all comparisons together by Dunnett’s method.');
  else if (adjust === 'tukey')
    sentences.push('P-values and limits are adjusted for all pairs of arms by the Tukey–Kramer method.');
  else if (adjust !== 'none')
    sentences.push(
      `P-values are adjusted over the comparisons by ${capital(adjust)}’s method; limits are not.`,
    );
  return sentences.join(' ');
}

function estimatorText(
  estimator: Estimator,
  missing: MissingMethod,
  percent: string,
  names: (ids: readonly string[]) => string,
): string {
  const on = (ids: readonly string[], baseline = false) => {
    const all = [...(baseline ? ['the baseline score'] : []), ...ids.map((id) => names([id]))];
    return all.length > 0 ? `, adjusted for ${listed(all)}` : '';
  };
  const strata =
    'strata' in estimator && estimator.strata.length > 0 ? `, in strata of ${names(estimator.strata)}` : '';
  switch (estimator.method) {
    case 'risk-difference':
      if (isImputing(missing)) return `Differences of proportions with ${percent} intervals`;
      return `Proportions with ${INTERVALS[estimator.proportion]} ${percent} intervals; differences with ${INTERVALS[estimator.interval]} ${percent} intervals${strata}`;
    case 'risk-ratio':
    case 'odds-ratio':
      return `Proportions with ${INTERVALS[estimator.proportion]} ${percent} intervals; ${SUMMARY_WORDS[estimator.method].toLowerCase()}s with ${INTERVALS[estimator.interval]} ${percent} intervals${strata}`;
    case 'number-needed':
      return `Numbers needed to treat as the inverse of the risk difference and of its Newcombe ${percent} limits`;
    case 'chi-square':
      return `${{ pearson: 'Pearson’s chi-square test', yates: 'Chi-square test with Yates’ continuity correction', 'n-1': 'The N − 1 chi-square test', 'likelihood-ratio': 'The likelihood-ratio chi-square test' }[estimator.variant]} of each comparison`;
    case 'fisher':
      return 'Fisher’s exact test of each comparison, two-sided by tables no more likely than the observed one';
    case 'cochran-mantel-haenszel':
      return `Cochran–Mantel–Haenszel test${estimator.corrected ? ' with continuity correction' : ''} of each comparison${strata}`;
    case 'logistic':
      return `Logistic regression${on(estimator.covariates, estimator.baseline)}, ${estimator.interval === 'profile' ? 'profile-likelihood' : 'Wald'} ${percent} intervals${estimator.firth === 'never' ? '' : estimator.firth === 'always' ? '; Firth’s penalised likelihood' : '; Firth’s penalised likelihood with profile intervals where the outcomes are separated'}`;
    case 'standardisation':
      return `Risks standardised over everybody’s covariates from a logistic working model${on(estimator.covariates, estimator.baseline)}, ${estimator.variance === 'bootstrap' ? `${estimator.interval === 'bca' ? 'BCa' : 'percentile'} bootstrap intervals from ${grouped(estimator.replicates)} samples drawn within arms` : `variance after ${estimator.variance === 'ye' ? 'Ye et al. (2023)' : 'Ge et al. (2011)'}`}`;
    case 'rerandomisation':
      return `Re-randomisation test: the trial’s own allocation procedure was replayed ${grouped(estimator.replicates)} times in the order in which participants came${on(estimator.covariates, estimator.baseline).replace(', adjusted for', '; the outcome was first regressed on')}`;
    case 'modified-poisson':
      return `Modified Poisson regression${on(estimator.covariates, estimator.baseline)} with robust (HC0) standard errors`;
    case 'welch':
      return 'Differences of means with Welch’s t test and interval';
    case 'mann-whitney':
      return 'Hodges–Lehmann shift with the Mann–Whitney test, exact where there are no ties';
    case 'kruskal-wallis':
      return 'Kruskal–Wallis test of all arms';
    case 'hedges-g':
      return 'Hedges’ g with the exact small-sample factor and a non-central t interval';
    case 'balance':
      return 'Standardised mean differences at baseline (of a factor of more than two levels the distance of all its levels too), beside what chance alone gives; no P-values, as after randomisation every difference arose by chance';
    case 'ancova': {
      const errors = estimator.errors === 'model' ? 'model-based' : estimator.errors;
      const own = isJackknife(missing) ? '' : `; ${errors} standard errors`;
      return `Analysis of covariance at each visit${on(estimator.covariates, estimator.baseline)}; adjusted means with ${estimator.weights} weights over factors${own}`;
    }
    case 'mmrm':
      return `Mixed model for repeated measures: arm, visit, arm by visit${estimator.baseline ? ', baseline score by visit' : ''}${on(estimator.covariates)}; ${estimator.structure.replaceAll('-', ' ')} covariance${estimator.covariances === 'by-arm' ? ' in each arm' : ''}, ${estimator.likelihood}; ${DEGREES[estimator.degrees]}; adjusted means with ${estimator.weights} weights over factors`;
    case 'random-intercept':
      return `Linear mixed model with a random intercept for each participant: arm, visit, arm by visit${on(estimator.covariates, estimator.baseline)}; REML; ${DEGREES[estimator.degrees]}`;
    case 'random-slope':
      return `Linear mixed model with a random intercept and slope over time for each participant: arm, visit, arm by visit${on(estimator.covariates, estimator.baseline)}; REML; ${DEGREES[estimator.degrees]}`;
    case 'partially-nested':
      return `Partially nested mixed model at each visit${on(estimator.covariates, estimator.baseline)}, with a random effect of ${names([estimator.cluster])} for those who have one${estimator.heteroscedastic ? ' and a residual variance of their own' : ''}; REML; ${DEGREES[estimator.degrees]}`;
    case 'bootstrap':
      return `Differences of means with ${estimator.interval === 'bca' ? 'BCa' : estimator.interval} bootstrap intervals from ${grouped(estimator.replicates)} samples drawn within arms`;
  }
}

const isImputing = ({ method }: MissingMethod) =>
  method === 'multiple-imputation' || method === 'reference-based';
const isJackknife = (missing: MissingMethod) =>
  missing.method === 'reference-based' && missing.inference === 'jackknife';

const INTERVALS = {
  wilson: 'Wilson',
  'clopper-pearson': 'Clopper–Pearson',
  'agresti-coull': 'Agresti–Coull',
  jeffreys: 'Jeffreys',
  newcombe: 'Newcombe hybrid score',
  'miettinen-nurminen': 'Miettinen–Nurminen score',
  'agresti-caffo': 'Agresti–Caffo',
  wald: 'Wald',
  'mantel-haenszel': 'Mantel–Haenszel',
  koopman: 'Koopman score',
  katz: 'Katz',
  woolf: 'Woolf',
  exact: 'conditional exact',
} as const;

const DEGREES = {
  satterthwaite: 'Satterthwaite’s degrees of freedom',
  'kenward-roger': 'Kenward–Roger’s adjustment with observed information (as SAS’s DDFM=KR)',
  'kenward-roger-linear': 'Kenward–Roger’s adjustment without second derivatives',
  'kenward-roger-expected': 'Kenward–Roger’s adjustment with expected information (as pbkrtest)',
  residual: 'residual degrees of freedom',
  asymptotic: 'normal tests',
} as const;

function missingText(missing: MissingMethod, estimator: Estimator): string {
  switch (missing.method) {
    case 'observed':
      return estimator.method === 'balance'
        ? 'Each covariate is compared among those who have it'
        : 'Those observed at the visit are analysed';
    case 'non-response':
      return 'Missing outcomes count as not having responded, and everybody in the population is analysed';
    case 'likelihood':
      return 'All observed values enter the likelihood; missing ones are taken to be missing at random';
    case 'multiple-imputation':
      return `Missing scores are imputed ${grouped(missing.imputations)} times under missing at random by ${missing.model === 'chained' ? 'chained equations with Bayesian linear regression' : 'Bayesian draws from a repeated-measures model'} and the analyses pooled by Rubin’s rules with Barnard and Rubin’s degrees of freedom${estimator.method === 'risk-difference' ? ', response being derived from imputed scores, with Wald’s variance' : ''}`;
    case 'reference-based':
      return `Missing scores are imputed under ${STRATEGIES[missing.strategy]} ${missing.inference === 'jackknife' ? 'by conditional means, with jackknife standard errors' : `${missing.imputations} times, pooled by Rubin’s rules (information-anchored)`}${missing.deltas.some((d) => d !== 0) ? `; to imputed values of every arm but the reference a delta of ${listed(missing.deltas.map(String))} is added in turn (tipping point)` : ''}`;
  }
}

const STRATEGIES = {
  MAR: 'missing at random',
  J2R: 'jump to reference',
  CIR: 'copy increments in reference',
  CR: 'copy reference',
  LMCF: 'last mean carried forward',
} as const;

/** The sources of an analysis’s methods, as citations. */
export function referencesOf({ estimator, missing, adjust }: AnalysisDefinition): string[] {
  const keys: ReferenceKey[] = [];
  const add = (key: string) => {
    if (key in REFERENCES) keys.push(key as ReferenceKey);
  };
  add(estimator.method);
  if ('proportion' in estimator && !isImputing(missing)) add(estimator.proportion);
  const isResampled = !('variance' in estimator) || estimator.variance === 'bootstrap';
  if ('interval' in estimator && isResampled && !isImputing(missing)) add(estimator.interval);
  if (estimator.method === 'number-needed') add('newcombe');
  if ('variance' in estimator) add(estimator.variance);
  if ('errors' in estimator && !isJackknife(missing)) add(estimator.errors);
  if ('degrees' in estimator)
    add(estimator.degrees.startsWith('kenward') ? 'kenward-roger' : estimator.degrees);
  if ('firth' in estimator && estimator.firth !== 'never') add('firth');
  add(missing.method);
  if (missing.method === 'multiple-imputation') {
    if (missing.model === 'chained') add('chained');
    add('barnard-rubin');
  }
  if (missing.method === 'reference-based') {
    add(missing.inference);
    if (missing.inference === 'rubin') add('barnard-rubin');
    if (missing.deltas.some((d) => d !== 0)) add('delta');
  }
  add(adjust);
  return [...new Set(keys)].map((key) => REFERENCES[key]);
}

/** “a, b and c”. */
export function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** “10,000”. */
const grouped = (count: number) => String(count).replace(/\B(?=(\d{3})+$)/g, ',');

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
