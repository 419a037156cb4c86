import { type Analysis, blocksOf, nameOf, type Script, type Shape } from './shape.ts';

/** SPSS syntax (Statistics 27 or newer) that makes the comparisons of an analysis from its values. */
export function spssScript(shape: Shape, analysis: Analysis): Script {
  const body = bodyOf(shape, analysis);
  if (typeof body !== 'string') return body;
  const { title, label, arms, covariates, strata } = shape;
  const texts = [
    ...covariates.filter(({ kind }) => kind === 'factor').map(({ name }) => name),
    ...(strata.length > 0 ? ['stratum'] : []),
  ];
  const variables = [
    'id A64 visit A64 visit_no F4.0 arm A64 arm_no F4.0 y F16.8 baseline F16.8',
    ...covariates.map(({ name, kind }) => `${name} ${kind === 'factor' ? 'A64' : 'F16.8'}`),
    ...(strata.length > 0 ? ['stratum A64'] : []),
  ].join(' ');
  return {
    code: `* ${title}: ${label}.
* Beside values.csv. Equipoise's tests run the R script, not this one: compare its numbers with the results.
* Arms: ${arms}.
${covariates.length > 0 ? `* Covariates: ${covariates.map((one) => `${one.name} ${one.label}`).join(', ')}.\n` : ''}GET DATA /TYPE=TXT /FILE="values.csv" /ENCODING="UTF8" /ARRANGEMENT=DELIMITED /DELIMITERS="," /QUALIFIER='"'
  /FIRSTCASE=2 /VARIABLES=${variables}.
${texts.map((name) => `AUTORECODE VARIABLES=${name} /INTO ${name}_no.\n`).join('')}${body}`,
  };
}

function bodyOf(shape: Shape, { estimator, adjust, missing }: Analysis): string | { reason: string } {
  if (missing.method === 'multiple-imputation' || missing.method === 'reference-based')
    return { reason: 'Imputation draws at random, and the draws of SPSS are others.' };
  const none = (what: string) => ({ reason: `SPSS has no ${what}.` });
  const crosstabs = (statistics: string, by = '') =>
    `CROSSTABS /TABLES=side BY event${by} /STATISTICS=${statistics}.`;
  switch (estimator.method) {
    case 'risk-difference': {
      const interval = INTERVALS[estimator.interval];
      if (interval === undefined || shape.strata.length > 0)
        return none(
          `${estimator.interval} interval of a difference${shape.strata.length > 0 ? ' over strata' : ''}`,
        );
      return proportions(shape, interval);
    }
    case 'number-needed':
      return `\n* The number needed is one over the difference, and its limits are one over the difference's limits.${proportions(shape, 'NEWCOMBE')}`;
    case 'risk-ratio':
      if (estimator.interval !== 'katz') return none(`${estimator.interval} interval of a ratio of risks`);
      return only95(shape, () => compare(shape, crosstabs('RISK'), 'the line For cohort event = 1'));
    case 'odds-ratio':
      if (estimator.interval === 'woolf')
        return only95(shape, () => compare(shape, crosstabs('RISK'), 'the line Odds Ratio'));
      if (estimator.interval === 'mantel-haenszel')
        return only95(shape, () =>
          compare(shape, crosstabs('CMH(1)', ' BY stratum_no'), 'the Mantel-Haenszel common odds ratio'),
        );
      return none(`${estimator.interval} interval of an odds ratio`);
    case 'fisher':
      return compare(shape, crosstabs('CHISQ'), 'the line Fisher’s Exact Test, two-sided');
    case 'chi-square': {
      const line = {
        pearson: 'Pearson Chi-Square',
        yates: 'Continuity Correction',
        'likelihood-ratio': 'Likelihood Ratio',
      }[estimator.variant as string];
      if (line === undefined) return none('chi-square test with N − 1');
      return compare(shape, crosstabs('CHISQ'), `the line ${line}`);
    }
    case 'cochran-mantel-haenszel':
      return compare(
        shape,
        crosstabs('CMH(1)', ' BY stratum_no'),
        estimator.corrected ? 'the line Mantel-Haenszel' : 'the line Cochran’s',
      );
    case 'welch':
      return compare(
        shape,
        `T-TEST GROUPS=side(1 2) /VARIABLES=y /CRITERIA=CI(${shape.level}).`,
        'the line Equal variances not assumed',
      );
    case 'ancova':
      if (estimator.errors !== 'model')
        return none(`comparison of these means with ${estimator.errors} standard errors`);
      if (adjust === 'dunnett' || adjust === 'tukey') return none(`${adjust} limits of adjusted means`);
      return linear(shape);
    case 'mmrm':
      return repeated(shape, estimator);
    case 'logistic':
      if (estimator.firth === 'always') return none('penalised likelihood of Firth');
      if (estimator.interval === 'profile') return none('profile limits in LOGISTIC REGRESSION');
      return logistic(shape, estimator.firth === 'when-separated');
    default:
      return { reason: `No SPSS syntax is written for this way of estimating (${estimator.method}).` };
  }
}

const INTERVALS: Partial<
  Record<Extract<Analysis['estimator'], { method: 'risk-difference' }>['interval'], string>
> = {
  newcombe: 'NEWCOMBE',
  'agresti-caffo': 'AGRESTI_CAFFO',
  wald: 'WALD',
};

/** CROSSTABS prints limits of 95% and no other. */
const only95 = (shape: Shape, make: () => string): string | { reason: string } =>
  shape.level === 0.95 ? make() : { reason: 'CROSSTABS of SPSS has 95% limits and no others.' };

const compare = (shape: Shape, commands: string, what = '') =>
  blocksOf(
    shape,
    (pair, visit) => `
* ${nameOf(pair, visit)}${what === '' ? '' : `: ${what}`}.
TEMPORARY.
SELECT IF (visit_no = ${visit.number} AND ANY(arm_no, ${pair.a}, ${pair.b}) AND NOT MISSING(y)).
${sides(pair, commands)}`,
  );

/** What is computed after TEMPORARY is gone after the next procedure. */
function sides({ a }: Shape['pairs'][number], commands: string): string {
  const event = /\bevent\b/.test(commands) ? 'COMPUTE event = 2 - y.\n' : '';
  return `COMPUTE side = 2 - (arm_no = ${a}).\n${event}${commands}`;
}

const proportions = (shape: Shape, interval: string) =>
  compare(
    shape,
    `PROPORTIONS
  /INDEPENDENTSAMPLES y BY side TESTTYPES=NONE CITYPES=${interval}
  /SUCCESS VALUE=LEVEL(1)
  /CRITERIA CILEVEL=${shape.percent}.`,
    'the difference of the first group and the second',
  );

const factors = ({ covariates }: Shape) =>
  covariates.filter(({ kind }) => kind === 'factor').map(({ name }) => `${name}_no`);
const numbers = ({ baseline, covariates }: Shape) => [
  ...(baseline ? ['baseline'] : []),
  ...covariates.filter(({ kind }) => kind === 'number').map(({ name }) => name),
];
const given = (words: string, names: readonly string[]) =>
  names.length > 0 ? ` ${words} ${names.join(' ')}` : '';

const linear = (shape: Shape) =>
  shape.visits
    .map(
      ({ number, label }) => `
* ${label}; P values here are not adjusted.
TEMPORARY.
SELECT IF (visit_no = ${number}).
UNIANOVA y BY ${['arm_no', ...factors(shape)].join(' ')}${given('WITH', numbers(shape))}
  /METHOD=SSTYPE(3) /CRITERIA=ALPHA(${shape.alpha})
  /EMMEANS=TABLES(arm_no) COMPARE ADJ(LSD)
  /DESIGN=${['arm_no', ...factors(shape), ...numbers(shape)].join(' ')}.`,
    )
    .join('\n');

const TYPES: Partial<Record<Extract<Analysis['estimator'], { method: 'mmrm' }>['structure'], string>> = {
  unstructured: 'UN',
  toeplitz: 'TP',
  'heterogeneous-toeplitz': 'TPH',
  ar1: 'AR1',
  'heterogeneous-ar1': 'ARH1',
  'compound-symmetry': 'CS',
  'heterogeneous-compound-symmetry': 'CSH',
  independent: 'ID',
};

function repeated(
  shape: Shape,
  { structure, covariances, likelihood, degrees }: Extract<Analysis['estimator'], { method: 'mmrm' }>,
): string | { reason: string } {
  if (covariances === 'by-arm') return { reason: 'MIXED of SPSS has one covariance matrix for all arms.' };
  const methods: Partial<Record<string, string>> = {
    'kenward-roger': 'KENWARDROGER',
    satterthwaite: 'SATTERTHWAITE',
    residual: 'RESIDUAL',
  };
  const df = methods[degrees];
  if (df === undefined) return { reason: `MIXED of SPSS has no ${degrees} degrees of freedom.` };
  const fixed = [
    'arm_no visit_no arm_no*visit_no',
    ...factors(shape),
    ...numbers(shape),
    ...(shape.baseline ? ['baseline*visit_no'] : []),
  ].join(' ');
  return `
* Visits: ${shape.visits.map(({ number, label }) => `${number} ${label}`).join(', ')}. Each difference stands in the pairwise comparisons.
MIXED y BY ${['arm_no', 'visit_no', ...factors(shape)].join(' ')}${given('WITH', numbers(shape))}
  /CRITERIA=CIN(${shape.percent}) DFMETHOD(${df})
  /FIXED=${fixed} | SSTYPE(3)
  /METHOD=${likelihood}
  /REPEATED=visit_no | SUBJECT(id) COVTYPE(${TYPES[structure]})
  /EMMEANS=TABLES(arm_no*visit_no) COMPARE(arm_no) ADJ(LSD).
`;
}

const logistic = (shape: Shape, separated: boolean) =>
  blocksOf(
    shape,
    (pair, visit) => `
* ${nameOf(pair, visit)}${separated ? '; not to be used where SPSS warns of separation' : ''}.
TEMPORARY.
SELECT IF (visit_no = ${visit.number}).
LOGISTIC REGRESSION VARIABLES y
  /METHOD=ENTER ${['arm_no', ...factors(shape), ...numbers(shape)].join(' ')}
  /CONTRAST(arm_no)=INDICATOR(${pair.b})${factors(shape)
    .map((name) => ` /CONTRAST(${name})=INDICATOR`)
    .join('')}
  /PRINT=CI(${shape.percent}).`,
  );
