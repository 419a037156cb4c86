import type { PlanDocument } from '../plan.ts';
import { quote, vector } from './quote.ts';

type Analysis = PlanDocument['analyses'][number];

/** What the scripts of all models share: the rows of a model as an R data frame. */
export interface Frame {
  /** The arms of the analysis, the reference first, as an R vector. */
  levels: string;
  /** A comment that names the covariates, or nothing. */
  head: string;
  /** `data.frame(…)` with these columns, then arm, baseline and covariates. */
  frame(columns: string): string;
  /** R that keeps the covariates that can be terms: a factor with one level can’t. */
  terms: string;
}

/** @returns null for an estimator without covariates */
export function frameOf(plan: PlanDocument, { estimand, estimator }: Analysis): Frame | null {
  const reference = plan.arms.find((one) => one.reference)!.id;
  const named = new Set(estimand.treatments.flat());
  const arms = plan.arms.map(({ id }) => id).filter((id) => named.has(id));
  const first = arms.includes(reference) ? reference : estimand.treatments[0]![1];
  const levels = vector([first, ...arms.filter((id) => id !== first)]);
  if (!('covariates' in estimator) || !('baseline' in estimator)) return null;
  const covariates = estimator.covariates.map((id) => plan.data.covariates.find((one) => one.id === id)!);
  const names = [...(estimator.baseline ? ['baseline'] : []), ...covariates.map((_, i) => `x${i + 1}`)];
  const columns = [
    ...(estimator.baseline ? ['baseline = before'] : []),
    ...covariates.map(({ column, kind }, i) => {
      const cell = `d[[${quote(column)}]]`;
      return `x${i + 1} = ${kind === 'number' ? `as.numeric(${cell})` : `factor(${cell})`}`;
    }),
  ];
  const words = covariates.map(({ label }, i) => `x${i + 1}: ${label.replaceAll(/\s+/g, ' ')}`).join('; ');
  return {
    levels,
    head: words === '' ? '' : `# Covariates. ${words}\n`,
    frame: (more) =>
      `data.frame(${[more, `arm = factor(arm, levels = ${levels})`, ...columns].join(',\n                  ')})`,
    terms: `terms <- Filter(function(name) is.numeric(rows[[name]]) || nlevels(rows[[name]]) > 1, ${names.length > 0 ? vector(names) : 'character(0)'})`,
  };
}

/** R for the difference of two arms as a row over the coefficients of `fit`. */
export const CONTRAST = `  contrast <- function(pair) {
    row <- setNames(numeric(length(coef(fit))), names(coef(fit)))
    for (side in 1:2) {
      name <- paste0("arm", pair[side])
      if (name %in% names(row)) row[name] <- c(1, -1)[side]
    }
    row
  }`;
