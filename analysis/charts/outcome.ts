import type { DatasetArm, DatasetVisit } from '../dataset.ts';
import type { MissingRule, OutcomePlan, ResultRow } from '../plan.ts';
import { isPooled } from '../validate.ts';
import { decimal } from './numbers.ts';

/** What a chart of an outcome is made from: rows as `analyse` gives them, and the names that go with them. */
export interface OutcomeResults {
  outcome: OutcomePlan;
  rows: readonly ResultRow[];
  arms: readonly DatasetArm[];
  visits: readonly DatasetVisit[];
  /** Which rows of a response to show; a change is always of those observed. */
  missing: MissingRule;
  level: number;
}

/** The rows of one measure of the outcome under the rule for missing scores. */
export function rowsOf(
  { rows, outcome, missing }: OutcomeResults,
  measure: ResultRow['measure'],
): ResultRow[] {
  const rule = measure === 'mean-change' ? 'observed' : missing;
  return rows.filter((row) => row.outcome === outcome.id && row.measure === measure && row.missing === rule);
}

export function followUp({ visits }: Pick<OutcomeResults, 'visits'>): DatasetVisit[] {
  return visits.filter((visit) => !visit.baseline);
}

/** “Response by arm”, “Response, pooled”, “Response by masked group”. */
export function byArm(label: string, arms: readonly DatasetArm[], masked: boolean): string {
  if (isPooled(arms)) return `${label}, pooled`;
  return `${label} by ${masked ? 'masked group' : 'arm'}`;
}

/** What counts as success, in a few words: “At least 50% fall from baseline”. */
export function definition(outcome: OutcomePlan): string {
  if (outcome.kind === 'change') {
    return `Points from baseline (${outcome.better === 'lower' ? 'lower' : 'higher'} is better)`;
  }
  if (outcome.kind === 'response') {
    const share = Number((100 * outcome.fall).toFixed(2));
    return `At least ${share}% ${outcome.better === 'lower' ? 'fall' : 'rise'} from baseline`;
  }
  const { atLeast, atMost } = outcome;
  const bound = (value: number) => decimal(value, Number.isInteger(value) ? 0 : 1);
  if (atLeast !== undefined && atMost !== undefined)
    return `Score from ${bound(atLeast)} to ${bound(atMost)}`;
  return atMost !== undefined
    ? `Score of ${bound(atMost)} or below`
    : `Score of ${bound(atLeast ?? 0)} or above`;
}

export function missingText(missing: MissingRule): string {
  return missing === 'observed' ? 'Observed cases' : 'Missing counted as no response';
}

/** Why there is no number at all. */
export function nothingText(rows: readonly ResultRow[]): string {
  const hidden = rows.find((row) => row.hidden !== undefined);
  return hidden?.reason ?? 'No scores after baseline yet.';
}

/** Every estimate and limit there is. */
export function valuesOf(rows: readonly ResultRow[]): number[] {
  return rows.flatMap((row) => [row.estimate, row.lower, row.upper]).filter((value) => value !== null);
}
