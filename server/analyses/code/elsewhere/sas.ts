import { type Analysis, blocksOf, nameOf, type Script, type Shape } from './shape.ts';

/** A SAS program (SAS/STAT 14 or newer) that makes the comparisons of an analysis from its values. */
export function sasScript(shape: Shape, analysis: Analysis): Script {
  const body = bodyOf(shape, analysis);
  if (typeof body !== 'string') return body;
  const texts = shape.covariates.filter(({ kind }) => kind === 'factor').map(({ name }) => name);
  const lengths = ['id', 'visit', 'arm', ...texts, ...(shape.strata.length > 0 ? ['stratum'] : [])];
  const input = [
    'id $ visit $ visit_no arm $ arm_no y baseline',
    ...shape.covariates.map(({ name, kind }) => (kind === 'factor' ? `${name} $` : name)),
    ...(shape.strata.length > 0 ? ['stratum $'] : []),
  ].join(' ');
  return {
    code: `${headOf(shape)}
data v;
  infile "values.csv" dsd firstobs=2 truncover lrecl=32767 encoding="utf-8";
  length ${lengths.join(' ')} $ 64;
  input ${input};
run;
${body}`,
  };
}

function headOf({ title, label, arms, covariates }: Shape): string {
  const lines = [
    `${title}: ${label}`,
    'Beside values.csv. Equipoise’s tests run the R script, not this one: compare its numbers with the results.',
    `Arms: ${arms}`,
    ...(covariates.length > 0
      ? [`Covariates: ${covariates.map(({ name, label }) => `${name} ${label}`).join(', ')}`]
      : []),
  ];
  return lines.map((line) => `/* ${line.replaceAll('*/', '* /')} */`).join('\n');
}

function bodyOf(shape: Shape, { estimator, adjust, missing }: Analysis): string | { reason: string } {
  if (missing.method === 'multiple-imputation' || missing.method === 'reference-based')
    return { reason: 'Imputation draws at random, and the draws of SAS are others.' };
  const none = (what: string) => ({ reason: `PROC FREQ has no ${what}.` });
  const two = (options: string, more = '') => tables(shape, `tables side*event / ${options};${more}`);
  switch (estimator.method) {
    case 'risk-difference':
      if (estimator.interval === 'mantel-haenszel')
        return tables(shape, 'tables stratum*side*event / commonriskdiff(cl=mh column=1);');
      if (shape.strata.length > 0) return none('score interval of this kind over strata');
      return two(`riskdiff(cl=${RISKS[estimator.interval]} column=1)`);
    case 'number-needed':
      return `\n/* The number needed is one over the difference; its limits are one over the difference’s limits */${two('riskdiff(cl=newcombe column=1)')}`;
    case 'risk-ratio':
      return two(`relrisk(cl=(${RATIOS[estimator.interval]}) column=1)`);
    case 'odds-ratio':
      if (estimator.interval === 'mantel-haenszel')
        return `\n/* The common odds ratio of Mantel and Haenszel */${tables(shape, 'tables stratum*side*event / cmh;')}`;
      if (estimator.interval === 'exact')
        return `\n/* The limits are ours; the estimate here is the sample’s odds ratio, ours the conditional one */${two('or(cl=exact)')}`;
      return two(`or(cl=${estimator.interval === 'woolf' ? 'wald' : 'score'})`);
    case 'fisher':
      return two('fisher');
    case 'chi-square':
      if (estimator.variant === 'n-1') return none('chi-square test with N − 1');
      return `\n/* The line ${TESTS[estimator.variant]} */${two('chisq')}`;
    case 'cochran-mantel-haenszel':
      if (estimator.corrected) return none('Cochran-Mantel-Haenszel test with continuity correction');
      return tables(shape, 'tables stratum*side*event / cmh;');
    case 'welch':
      return blocksOf(
        shape,
        (pair, visit) => `
/* ${nameOf(pair, visit)}: the line Satterthwaite */
${pairOf(shape, pair, visit)}
proc ttest data=pair alpha=${shape.alpha}; class side; var y; run;`,
      );
    case 'ancova':
      if (estimator.errors !== 'model')
        return { reason: `PROC MIXED has no ${estimator.errors} standard errors.` };
      return linear(shape, adjust);
    case 'mmrm':
      return repeated(shape, estimator);
    case 'logistic':
      return logistic(shape, estimator);
    case 'modified-poisson':
      return poisson(shape);
    default:
      return { reason: `No SAS program is written for this way of estimating (${estimator.method}).` };
  }
}

const RISKS = {
  newcombe: 'newcombe',
  'miettinen-nurminen': 'mn',
  'agresti-caffo': 'ac',
  wald: 'wald',
} as const;
const RATIOS = { koopman: 'score(correct=no)', 'miettinen-nurminen': 'score', katz: 'wald' } as const;
const TESTS = {
  pearson: 'Chi-Square',
  yates: 'Continuity Adj. Chi-Square',
  'likelihood-ratio': 'Likelihood Ratio Chi-Square',
} as const;

const pairOf = (shape: Shape, { a, b }: Shape['pairs'][number], visit: Shape['visits'][number]) => `data pair;
  set v;
  where visit_no = ${visit.number} and arm_no in (${a}, ${b}) and not missing(y)${shape.strata.length > 0 ? ' and not missing(stratum)' : ''};
  side = ifn(arm_no = ${a}, 1, 2);
  event = ifn(y = 1, 1, 2);
run;`;

const tables = (shape: Shape, statement: string) =>
  blocksOf(
    shape,
    (pair, visit) => `
/* ${nameOf(pair, visit)} */
${pairOf(shape, pair, visit)}
proc freq data=pair; ${statement.replace(/;$/, ` alpha=${shape.alpha};`)} run;`,
  );

const factorsOf = ({ covariates }: Shape) =>
  covariates.filter(({ kind }) => kind === 'factor').map(({ name }) => name);
const termsOf = ({ baseline, covariates }: Shape) => [
  ...(baseline ? ['baseline'] : []),
  ...covariates.map(({ name }) => name),
];
/** Every difference of two arms; each line names both. */
const differences = ({ alpha }: Shape, more = '') => `  lsmeans arm_no / diff${more} cl alpha=${alpha};`;

const SIMPLE = new Set<Analysis['adjust']>(['holm', 'hochberg', 'hommel', 'bonferroni']);

const linear = (shape: Shape, adjust: Analysis['adjust']) => {
  const together = {
    dunnett: `=control("${shape.levels.length}") adjust=dunnett`,
    tukey: '=all adjust=tukey',
  }[adjust as string];
  return shape.visits
    .map(
      ({ number, label }) => `
/* ${label}${SIMPLE.has(adjust) ? '; P values here are not adjusted' : ''} */
proc mixed data=v(where=(visit_no = ${number}));
  class ${['arm_no', ...factorsOf(shape)].join(' ')};
  model y = ${['arm_no', ...termsOf(shape)].join(' ')} / ddfm=residual;
${differences(shape, together)}
run;`,
    )
    .join('\n');
};

const TYPES: Record<Extract<Analysis['estimator'], { method: 'mmrm' }>['structure'], string> = {
  unstructured: 'un',
  toeplitz: 'toep',
  'heterogeneous-toeplitz': 'toeph',
  ar1: 'ar(1)',
  'heterogeneous-ar1': 'arh(1)',
  'compound-symmetry': 'cs',
  'heterogeneous-compound-symmetry': 'csh',
  independent: 'vc',
};

function repeated(
  shape: Shape,
  estimator: Extract<Analysis['estimator'], { method: 'mmrm' }>,
): string | { reason: string } {
  const degrees: Partial<Record<string, string>> = {
    'kenward-roger': 'kr',
    'kenward-roger-linear': 'kr(firstorder)',
    satterthwaite: 'satterth',
    residual: 'residual',
  };
  const ddfm = degrees[estimator.degrees];
  if (ddfm === undefined) return { reason: `PROC MIXED has no ${estimator.degrees} degrees of freedom.` };
  const of = shape.visits.map(({ number, label }) => `${number} ${label}`).join(', ');
  return `
/* Visits: ${of} */
ods output diffs=differences;
proc mixed data=v method=${estimator.likelihood.toLowerCase()};
  class ${['id', 'arm_no', 'visit_no', ...factorsOf(shape)].join(' ')};
  model y = ${['arm_no', 'visit_no', 'arm_no*visit_no', ...termsOf(shape), ...(shape.baseline ? ['baseline*visit_no'] : [])].join(' ')} / ddfm=${ddfm};
  repeated visit_no / subject=id type=${TYPES[estimator.structure]}${estimator.covariances === 'by-arm' ? ' group=arm_no' : ''};
  lsmeans arm_no*visit_no / diff cl alpha=${shape.alpha};
run;
proc print data=differences;
  where visit_no = _visit_no and visit_no in (${shape.visits.map(({ number }) => number).join(', ')});
run;
`;
}

function logistic(
  shape: Shape,
  { firth, interval }: Extract<Analysis['estimator'], { method: 'logistic' }>,
): string {
  const penalised = firth === 'always' ? ' firth' : '';
  const note =
    firth === 'when-separated'
      ? '; where SAS warns of separation, add firth and clodds=pl to the model’s options'
      : '';
  const limits = interval === 'profile' || firth === 'always' ? 'pl' : 'wald';
  return blocksOf(
    shape,
    (pair, visit) => `
/* ${nameOf(pair, visit)}${note} */
proc logistic data=v(where=(visit_no = ${visit.number}));
  class ${[`arm_no(ref="${pair.b}")`, ...factorsOf(shape)].join(' ')} / param=ref;
  model y(event="1") = ${['arm_no', ...termsOf(shape)].join(' ')} / clodds=${limits} alpha=${shape.alpha}${penalised};
run;`,
  );
}

const poisson = (shape: Shape) =>
  shape.visits
    .map(
      ({ number, label }) => `
/* ${label} */
proc genmod data=v(where=(visit_no = ${number}));
  class ${['id', 'arm_no', ...factorsOf(shape)].join(' ')};
  model y = ${['arm_no', ...termsOf(shape)].join(' ')} / dist=poisson link=log;
  repeated subject=id / type=ind;
${differences(shape, ' exp')}
run;`,
    )
    .join('\n');
