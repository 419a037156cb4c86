import { binaryDifference, differenceOfValues } from './continuous/standardised-difference.ts';
import type { Dataset, DatasetParticipant } from './dataset.ts';
import { normalQuantile } from './distributions/normal.ts';
import { upperProbability } from './interval.ts';
import { indexScores } from './scores.ts';
import { isUnavailable } from './unavailable.ts';
import { validateDataset } from './validate.ts';

/** What was known of everybody before randomisation. */
export type Covariate =
  | { kind: 'number'; factor: string; label: string }
  | { kind: 'choice'; factor: string; label: string; levels: { value: string; label: string }[] }
  | { kind: 'score'; measure: string; label: string };

export interface BalanceRow {
  /** “Age”, “Sex: Female”. */
  label: string;
  arm: string;
  versus: string;
  /** Arm minus versus in pooled standard deviations; null where it can't be had. */
  difference: number | null;
  reason: string | null;
  /** With the covariate known. */
  n: [number, number];
  /** What 95% of differences stay within where nothing but chance makes them. */
  chance: number | null;
}

/**
 * Standardised mean differences at baseline between pairs of arms. A choice of two gives one row (its first level), of
 * more one row for each level.
 *
 * Under randomisation a standardised difference is about normal round zero with standard error √(1/n₁ + 1/n₂), so that
 * the usual fixed limit of 0.1 means nothing in small arms: with 45 each, chance alone gives ±0.41. No P values: after
 * proper randomisation every difference arose by chance.
 *
 * Source: Austin PC. Stat Med 2009;28:3083–3107; Senn S. Stat Med 1994;13:1715–1726.
 */
export function baselineBalance(
  dataset: Dataset,
  covariates: readonly Covariate[],
  pairs: readonly [string, string][],
  level = 0.95,
): BalanceRow[] {
  validateDataset(dataset);
  const scores = indexScores(dataset);
  const z = normalQuantile(upperProbability(level));
  const valuesOf = (arm: string, read: (person: DatasetParticipant) => number | undefined) =>
    dataset.participants.filter((person) => person.arm === arm).flatMap((person) => read(person) ?? []);
  const rows = (label: string, binary: boolean, read: (person: DatasetParticipant) => number | undefined) =>
    pairs.map(([arm, versus]): BalanceRow => {
      const [one, two] = [valuesOf(arm, read), valuesOf(versus, read)];
      const n: [number, number] = [one.length, two.length];
      const result = !binary
        ? differenceOfValues(one, two)
        : one.length === 0 || two.length === 0
          ? { reason: 'Too few values in an arm.' }
          : binaryDifference(mean(one), mean(two));
      const known = typeof result === 'number';
      return {
        label,
        arm,
        versus,
        difference: known ? result : null,
        reason: isUnavailable(Object(result)) ? (result as { reason: string }).reason : null,
        n,
        chance: known ? z * Math.sqrt(1 / n[0] + 1 / n[1]) : null,
      };
    });
  return covariates.flatMap((covariate) => {
    if (covariate.kind === 'score')
      return rows(covariate.label, false, ({ id }) => scores.baseline(id, covariate.measure));
    const { factor, label } = covariate;
    if (covariate.kind === 'number')
      return rows(label, false, ({ factors }) => {
        const value = factors[factor];
        return typeof value === 'number' ? value : undefined;
      });
    const shown = covariate.levels.length === 2 ? covariate.levels.slice(0, 1) : covariate.levels;
    return shown.flatMap((one) =>
      rows(`${label}: ${one.label}`, true, ({ factors }) =>
        factors[factor] === undefined ? undefined : Number(factors[factor] === one.value),
      ),
    );
  });
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
