import type { ResultRow } from '../plan.ts';
import { isPooled } from '../validate.ts';
import type { Chart, ChartOptions, ChartTable } from './chart.ts';
import { emptySpec } from './frame.ts';
import { drawMissingRules } from './missing-rules-picture.ts';
import { levelText, list, percent, rounded, share } from './numbers.ts';
import { byArm, definition, followUp, type OutcomeResults } from './outcome.ts';

/** An arm's response at a visit after multiple imputation, or why there is none. */
export interface ImputedRate {
  visit: string;
  arm: string;
  /** Participants whose response is seen or imputed. */
  n: number | null;
  estimate: number | null;
  lower: number | null;
  upper: number | null;
  reason: string | null;
}

/** Multiple imputation takes seconds: it may be under way, or there may be a reason why there is none. */
export type ImputedRates =
  | { state: 'computing' }
  | { state: 'absent'; reason: string }
  | { state: 'done'; imputations: number; rates: readonly ImputedRate[] };

export interface MissingRulesResults extends Omit<OutcomeResults, 'missing'> {
  imputed: ImputedRates;
}

/** One line of the picture and of the table. */
export interface RuleLine {
  visit: string;
  arm: string;
  rule: (typeof RULES)[number];
  numerator: number | null;
  denominator: number | null;
  estimate: number | null;
  lower: number | null;
  upper: number | null;
  /** Why there is no number; empty where there is one. */
  note: string;
}

export const RULES = ['Observed', 'Non-response', 'Imputed'] as const;

/** Response under each rule for missing scores side by side: of those seen, missing as non-response, and imputed. */
export function missingRulesChart(results: MissingRulesResults, options: ChartOptions): Chart {
  const { arms, imputed, outcome } = results;
  const level = levelText(results.level);
  const words = {
    title: byArm(`${outcome.label} under three rules for missing scores`, arms, options.masked),
    subtitle: `${definition(outcome)}. Observed and non-response: Wilson ${level} CI. ${imputedText(imputed)}`,
  };
  const lines = linesOf(results);
  const description = describe(results, lines, words);
  const known = lines.some(({ estimate }) => estimate !== null);
  const spec = known
    ? drawMissingRules(results, lines, { ...words, description }, options)
    : emptySpec('No scores after baseline yet.', { ...words, description }, options);
  return { ...words, description, spec, table: tabulate(results, lines) };
}

function imputedText(imputed: ImputedRates): string {
  if (imputed.state === 'computing') return 'Multiple imputation is being computed';
  if (imputed.state === 'absent') return 'No multiple imputation';
  return `Imputed: ${imputed.imputations} imputations of scores, Rubin’s rules`;
}

function linesOf({ arms, visits, outcome, rows, imputed }: MissingRulesResults): RuleLine[] {
  return followUp({ visits }).flatMap((visit) =>
    arms.flatMap((arm) => {
      const counted = (missing: ResultRow['missing']) =>
        rows.find(
          (row) =>
            row.outcome === outcome.id &&
            row.measure === 'proportion' &&
            row.missing === missing &&
            row.visit === visit.id &&
            row.arm === arm.id,
        );
      const at = { visit: visit.id, arm: arm.id };
      const [observed, nonResponse] = [counted('observed'), counted('non-response')];
      return [
        { ...at, rule: 'Observed' as const, ...numbersOf(observed) },
        { ...at, rule: 'Non-response' as const, ...numbersOf(nonResponse) },
        { ...at, rule: 'Imputed' as const, ...imputedAt(imputed, visit.id, arm.id, nonResponse) },
      ];
    }),
  );
}

type Numbers = Omit<RuleLine, 'visit' | 'arm' | 'rule'>;

const none = (note: string): Numbers => ({
  numerator: null,
  denominator: null,
  estimate: null,
  lower: null,
  upper: null,
  note,
});

function numbersOf(row: ResultRow | undefined): Numbers {
  if (!row || row.estimate === null) return none(row?.reason ?? 'No scores.');
  const { numerator, denominator, estimate, lower, upper } = row;
  return { numerator, denominator, estimate, lower, upper, note: '' };
}

/** A visit that nobody has reached has nothing to impute from, whatever is said of the others. */
function imputedAt(
  imputed: ImputedRates,
  visit: string,
  arm: string,
  counted: ResultRow | undefined,
): Numbers {
  if (counted?.estimate == null) return none(counted?.reason ?? 'No scores.');
  if (imputed.state === 'computing') return none('being computed');
  if (imputed.state === 'absent') return none(imputed.reason);
  const rate = imputed.rates.find((one) => one.visit === visit && one.arm === arm);
  if (!rate || rate.estimate === null) return none(rate?.reason ?? 'No estimate.');
  const { n, estimate, lower, upper } = rate;
  return { numerator: null, denominator: n, estimate, lower, upper, note: '' };
}

/** “16/38 (42%)”; an imputed share has no count of its own: “41% of 46”. */
export function rateText({ numerator, denominator, estimate }: Numbers): string {
  if (estimate === null) return '';
  if (numerator !== null && denominator !== null) return share(numerator, denominator);
  return denominator === null ? percent(estimate) : `${percent(estimate)} of ${denominator}`;
}

function describe(
  results: MissingRulesResults,
  lines: readonly RuleLine[],
  { title, subtitle }: { title: string; subtitle: string },
): string {
  const visits = followUp(results).map((visit) => {
    const own = lines.filter((line) => line.visit === visit.id);
    if (own.every(({ estimate }) => estimate === null)) return ` ${visit.label}: no scores.`;
    const arms = results.arms.map(({ id, label }) => {
      const said = own
        .filter(({ arm, estimate }) => arm === id && estimate !== null)
        .map(
          (line) =>
            `${line.rule.toLowerCase()} ${rateText(line)}, ${percent(line.lower!)} to ${percent(line.upper!)}`,
        );
      return `${isPooled(results.arms) ? 'All arms' : label} ${said.length > 0 ? said.join('; ') : 'no scores'}`;
    });
    return ` ${visit.label}: ${list(arms)}.`;
  });
  return `${title}. ${subtitle}.${visits.join('')}`;
}

function tabulate(results: MissingRulesResults, lines: readonly RuleLine[]): ChartTable {
  const level = levelText(results.level);
  const of100 = (value: number | null) => rounded(value === null ? null : 100 * value);
  const label = (all: readonly { id: string; label: string }[], id: string) =>
    all.find((one) => one.id === id)?.label ?? id;
  return {
    columns: [
      { id: 'visit', label: 'Visit', numeric: false },
      { id: 'arm', label: 'Arm', numeric: false },
      { id: 'rule', label: 'Rule', numeric: false },
      { id: 'responders', label: 'Responders', numeric: true },
      { id: 'of', label: 'Of', numeric: true },
      { id: 'percent', label: '%', numeric: true },
      { id: 'lower', label: `${level} CI from`, numeric: true },
      { id: 'upper', label: 'to', numeric: true },
      { id: 'note', label: 'Note', numeric: false },
    ],
    rows: lines.map((line) => ({
      visit: label(results.visits, line.visit),
      arm: label(results.arms, line.arm),
      rule: line.rule,
      responders: line.numerator,
      of: line.denominator,
      percent: of100(line.estimate),
      lower: of100(line.lower),
      upper: of100(line.upper),
      note: line.note,
    })),
  };
}
