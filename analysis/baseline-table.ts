import type { Covariate } from './balance.ts';
import { moments, quantile } from './continuous/quantile.ts';
import type { Dataset, DatasetParticipant } from './dataset.ts';
import { indexScores } from './scores.ts';
import { isUnavailable } from './unavailable.ts';
import { validateDataset } from './validate.ts';

/** One arm's summary of a covariate: numbers of a score or an age, or the count of a level. */
export type BaselineCell =
  | {
      kind: 'number';
      /** With the value known. */
      n: number;
      mean: number | null;
      sd: number | null;
      median: number | null;
      lower: number | null;
      upper: number | null;
    }
  | { kind: 'count'; count: number; of: number };

export interface BaselineTableRow {
  label: string;
  /** Of a choice: the level; null for a number. */
  level: string | null;
  /** In the order of the dataset's arms, and everybody at the end where there is more than one arm. */
  cells: BaselineCell[];
}

/**
 * The baseline table of CONSORT 2025 (Hopewell S et al. BMJ 2025;389:e081123, item 25): for numbers the mean, the
 * standard deviation, the median and the quartiles of those whose value is known; for choices a count for each level
 * among those whose answer is known. No P values.
 */
export function baselineTable(dataset: Dataset, covariates: readonly Covariate[]): BaselineTableRow[] {
  validateDataset(dataset);
  const scores = indexScores(dataset);
  const groups = dataset.arms.map(({ id }) => dataset.participants.filter(({ arm }) => arm === id));
  if (groups.length > 1) groups.push(dataset.participants);
  const numbers = (label: string, read: (one: DatasetParticipant) => number | undefined) => ({
    label,
    level: null,
    cells: groups.map((group) => summary(group.flatMap((one) => read(one) ?? []))),
  });
  return covariates.flatMap((covariate): BaselineTableRow[] => {
    const { label } = covariate;
    if (covariate.kind === 'score')
      return [numbers(label, ({ id }) => scores.baseline(id, covariate.measure))];
    const { factor } = covariate;
    if (covariate.kind === 'number')
      return [
        numbers(label, ({ factors }) =>
          factors[factor] === undefined ? undefined : Number(factors[factor]),
        ),
      ];
    return covariate.levels.map((level) => ({
      label,
      level: level.label,
      cells: groups.map((group) => ({
        kind: 'count',
        count: group.filter(({ factors }) => factors[factor] === level.value).length,
        of: group.filter(({ factors }) => factors[factor] !== undefined).length,
      })),
    }));
  });
}

function summary(values: readonly number[]): BaselineCell {
  const found = moments(values);
  const { mean, sd } = isUnavailable(found)
    ? { mean: values.length === 1 ? values[0]! : null, sd: null }
    : found;
  const at = (p: number) => quantile(values, p, 7);
  return { kind: 'number', n: values.length, mean, sd, median: at(0.5), lower: at(0.25), upper: at(0.75) };
}
