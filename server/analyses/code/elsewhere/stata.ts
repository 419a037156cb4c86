import { type Analysis, blocksOf, nameOf, type Script, type Shape } from './shape.ts';

/** A Stata do-file (Stata 15 or newer) that makes the comparisons of an analysis from its values. */
export function stataScript(shape: Shape, analysis: Analysis): Script {
  const body = bodyOf(shape, analysis);
  if (typeof body !== 'string') return body;
  const { title, label, arms, covariates, strata } = shape;
  const texts = covariates.filter(({ kind }) => kind === 'factor');
  const columns = [1, 2, 4, ...texts.map(({ name }) => 8 + covariates.findIndex((one) => one.name === name))];
  if (strata.length > 0) columns.push(8 + covariates.length);
  const encoded = [...texts.map(({ name }) => name), ...(strata.length > 0 ? ['stratum'] : [])];
  return {
    code: `* ${title}: ${label}
* Beside values.csv. Equipoise's tests run the R script, not this one: compare its numbers with the results.
* Arms: ${arms}
${covariates.length > 0 ? `* Covariates: ${covariates.map((one) => `${one.name} ${one.label}`).join(', ')}\n` : ''}import delimited using "values.csv", clear varnames(1) case(preserve) encoding("utf-8") stringcols(${columns.join(' ')})
${encoded.map((name) => `encode ${name}, generate(${name}_no)\n`).join('')}encode id, generate(id_no)
${body}`,
  };
}

function bodyOf(shape: Shape, { estimator, adjust, missing }: Analysis): string | { reason: string } {
  if (missing.method === 'multiple-imputation' || missing.method === 'reference-based')
    return { reason: 'Imputation draws at random, and the draws of Stata are others.' };
  const none = (what: string) => ({ reason: `Stata itself has no ${what}.` });
  switch (estimator.method) {
    case 'risk-difference':
      if (shape.strata.length > 0) return none('difference over strata with Sato’s variance');
      if (estimator.interval === 'newcombe') return newcombe(shape);
      if (estimator.interval === 'wald')
        return compare(shape, `cs event first, level(${shape.percent})`, 'the line Risk difference');
      return none(`${estimator.interval} interval of a difference`);
    case 'number-needed':
      return newcombe(shape, true);
    case 'risk-ratio':
      if (estimator.interval === 'katz')
        return compare(shape, `cs event first, level(${shape.percent})`, 'the line Risk ratio');
      return none(`${estimator.interval} interval of a ratio of risks`);
    case 'odds-ratio':
      if (estimator.interval === 'mantel-haenszel')
        return compare(
          shape,
          `cc event first, by(stratum_no) level(${shape.percent})`,
          'the line M-H combined',
        );
      if (estimator.interval === 'miettinen-nurminen') return none('score interval of an odds ratio');
      return compare(
        shape,
        `cc event first, ${estimator.interval} level(${shape.percent})`,
        estimator.interval === 'exact'
          ? 'the limits are ours; the estimate here is the sample’s odds ratio, ours the conditional one'
          : 'the line Odds ratio',
      );
    case 'fisher':
      return compare(shape, 'tabulate first event, exact');
    case 'chi-square':
      if (estimator.variant === 'pearson') return compare(shape, 'tabulate first event, chi2');
      if (estimator.variant === 'likelihood-ratio') return compare(shape, 'tabulate first event, lrchi2');
      return none(`chi-square test of this kind (${estimator.variant})`);
    case 'cochran-mantel-haenszel':
      if (estimator.corrected) return none('Cochran-Mantel-Haenszel test with continuity correction');
      return compare(shape, 'cc event first, by(stratum_no)', 'the test that the combined odds ratio is 1');
    case 'welch':
      return compare(
        shape,
        `generate byte second = 1 - first\n  ttest y, by(second) unequal level(${shape.percent})`,
      );
    case 'ancova': {
      const errors = ERRORS[estimator.errors];
      if (errors === undefined) return none(`${estimator.errors} standard errors`);
      return linear(shape, errors, adjust);
    }
    case 'mmrm':
      return repeated(shape, estimator);
    case 'logistic':
      if (estimator.firth === 'always') return none('penalised likelihood of Firth');
      if (estimator.interval === 'profile') return none('profile limits of a logistic regression');
      return blocksOf(
        shape,
        (pair, visit) => `
* ${nameOf(pair, visit)}${estimator.firth === 'when-separated' ? '; not to be used where Stata drops a group that is separated' : ''}
logit y ib${pair.b}.arm_no ${terms(shape)} if visit_no == ${visit.number}, or level(${shape.percent})`,
      );
    default:
      return { reason: `No Stata do-file is written for this way of estimating (${estimator.method}).` };
  }
}

const ERRORS: Partial<Record<Extract<Analysis['estimator'], { method: 'ancova' }>['errors'], string>> = {
  model: '',
  HC1: ' vce(robust)',
  HC2: ' vce(hc2)',
  HC3: ' vce(hc3)',
};

const terms = ({ baseline, covariates }: Shape, baselineTerm = 'baseline') =>
  [
    ...(baseline ? [baselineTerm] : []),
    ...covariates.map(({ name, kind }) => (kind === 'factor' ? `i.${name}_no` : name)),
  ].join(' ');

const compare = (shape: Shape, commands: string, what = '') =>
  blocksOf(
    shape,
    (pair, visit) => `
* ${nameOf(pair, visit)}${what === '' ? '' : `: ${what}`}
preserve
  keep if visit_no == ${visit.number} & inlist(arm_no, ${pair.a}, ${pair.b}) & !missing(y)
  generate byte first = arm_no == ${pair.a}
  ${/\bevent\b/.test(commands) ? 'generate byte event = y == 1\n  ' : ''}${commands}
restore`,
  );

/** Newcombe’s method 10 from two Wilson intervals, which Stata has. */
const newcombe = (shape: Shape, needed = false) =>
  blocksOf(
    shape,
    (pair, visit) => `
* ${nameOf(pair, visit)}: Newcombe's interval (Stat Med 1998;17:873-890) from two of Wilson's
foreach side in a b {
  local arm = cond("\`side'" == "a", ${pair.a}, ${pair.b})
  quietly count if visit_no == ${visit.number} & arm_no == \`arm' & !missing(y)
  local n = r(N)
  quietly count if visit_no == ${visit.number} & arm_no == \`arm' & y == 1
  local x = r(N)
  quietly cii proportions \`n' \`x', wilson level(${shape.percent})
  scalar p_\`side' = \`x' / \`n'
  scalar l_\`side' = r(lb)
  scalar u_\`side' = r(ub)
}
scalar difference = p_a - p_b
scalar lower = difference - sqrt((p_a - l_a)^2 + (u_b - p_b)^2)
scalar upper = difference + sqrt((u_a - p_a)^2 + (p_b - l_b)^2)
${
  needed
    ? 'display "Number needed: " 1 / difference " (" 1 / upper " to " 1 / lower "); no limits where the difference\'s hold 0"'
    : 'display "Difference: " difference " (" lower " to " upper ")"'
}`,
  );

function linear(shape: Shape, errors: string, adjust: Analysis['adjust']): string | { reason: string } {
  const together = { dunnett: 'dunnett', tukey: 'tukey' }[adjust as string];
  if (together !== undefined && errors !== '')
    return { reason: `Stata’s ${together} comparisons are of the model’s own errors.` };
  return shape.visits
    .map(({ number, label }) => {
      const fit = `regress y ib${shape.levels.length}.arm_no ${terms(shape)} if visit_no == ${number},${errors} level(${shape.percent})`;
      const contrasts = shape.pairs.map(
        ({ first, second, a, b }) =>
          `* ${first} against ${second}\nlincom ${a}.arm_no - ${b}.arm_no, level(${shape.percent})`,
      );
      const after = together
        ? `pwcompare arm_no, mcompare(${together}) effects level(${shape.percent})`
        : contrasts.join('\n');
      return `\n* ${label}${together ? '' : '; P values here are not adjusted'}\n${fit}\n${after}`;
    })
    .join('\n');
}

function repeated(
  shape: Shape,
  { structure, covariances, likelihood, degrees }: Extract<Analysis['estimator'], { method: 'mmrm' }>,
): string | { reason: string } {
  const residuals = { unstructured: 'unstructured', 'compound-symmetry': 'exchangeable', ar1: 'ar 1' }[
    structure as string
  ];
  if (residuals === undefined) return { reason: `Stata’s mixed has no ${structure} structure.` };
  const dfs: Partial<Record<string, string>> = {
    'kenward-roger': 'kroger',
    'kenward-roger-expected': 'kroger, eim',
    satterthwaite: 'satterthwaite',
    residual: 'residual',
  };
  const df = dfs[degrees];
  if (df === undefined || (likelihood === 'ML' && df !== 'residual'))
    return { reason: `Stata’s mixed has no ${degrees} degrees of freedom with ${likelihood}.` };
  const by = covariances === 'by-arm' ? ' by(arm_no)' : '';
  const contrasts = blocksOf(
    shape,
    (pair, visit) => `* ${nameOf(pair, visit)}
lincom (${pair.a}.arm_no + ${pair.a}.arm_no#${visit.number}.visit_no) - (${pair.b}.arm_no + ${pair.b}.arm_no#${visit.number}.visit_no), small level(${shape.percent})`,
  );
  return `
mixed y i.arm_no##i.visit_no ${terms(shape, 'c.baseline##i.visit_no')} || id_no:, noconstant ///
  residuals(${residuals}, t(visit_no)${by}) ${likelihood.toLowerCase()} dfmethod(${df}) level(${shape.percent})
${contrasts}`;
}
