import type { Chart, ChartOptions } from '../charts/chart.ts';
import { meanChangeChart } from '../charts/mean-change.ts';
import type { OutcomeResults } from '../charts/outcome.ts';
import { responseChart } from '../charts/response.ts';
import { riskDifferenceChart } from '../charts/risk-difference.ts';
import type { AnalysisSummary, EstimateRow, PlanResults } from '../estimands/results.ts';
import type { OutcomePlan, ResultRow } from '../plan.ts';
import { balanceCharts } from './balance.ts';
import { comparisonsChart, SCALES } from './comparisons.ts';

export interface ReportFigure {
  /** The analysis it belongs to; null: to the whole plan. */
  analysis: string | null;
  chart: Chart;
}

const PRINT: ChartOptions = { theme: 'print', masked: false, width: 660 };

/**
 * The pictures of a report: response where the plan asks for Wilson's intervals and risk differences where it asks for
 * Newcombe's (which is what those charts say they show), mean change of each measure as observed, and the comparisons
 * of every other analysis.
 */
export function reportFigures(results: PlanResults, options: ChartOptions = PRINT): ReportFigure[] {
  const figures: ReportFigure[] = [];
  for (const { id, label, better } of results.measures) {
    const rows = changesOf(results, id);
    if (rows.every((row) => row.estimate === null)) continue;
    const outcome: OutcomePlan = { id, label: `Change in ${label}`, kind: 'change', measure: id, better };
    const atBaseline = Object.fromEntries(
      results.arms.map((arm) => [arm.id, baselineCount(results, id, arm.id)]),
    );
    const own = outcomeOf(results, outcome, rows);
    figures.push({ analysis: null, chart: meanChangeChart({ ...own, atBaseline }, options) });
  }
  for (const analysis of results.analyses) {
    const rows = results.rows.filter((row) => row.analysis === analysis.id);
    for (const chart of balanceCharts(results, rows, options)) figures.push({ analysis: analysis.id, chart });
    const outcome = binaryOutcome(results, analysis);
    let hasForest = false;
    const all = (measure: EstimateRow['measure'], method: string) => {
      const own = rows.filter((row) => row.measure === measure);
      return own.length > 0 && own.every((row) => row.method === method);
    };
    if (outcome !== null && rows.some((row) => row.measure === 'risk-difference')) {
      const counted = rows.flatMap((row) => countsOf(row, analysis));
      const own = outcomeOf(results, outcome, counted);
      if (all('proportion', 'wilson'))
        figures.push({ analysis: analysis.id, chart: responseChart(own, options) });
      hasForest = all('risk-difference', 'newcombe');
      const primary = analysis.role === 'primary' && analysis.perPlan ? pairsOf(rows) : [];
      if (hasForest)
        figures.push({
          analysis: analysis.id,
          chart: riskDifferenceChart({ ...own, primary }, options),
        });
    }
    for (const measure of Object.keys(SCALES) as EstimateRow['measure'][]) {
      const compared = rows.filter((row) => row.measure === measure && row.versus !== null);
      if (measure === 'risk-difference' && hasForest) continue;
      if (compared.some((row) => row.estimate !== null && row.lower !== null && row.upper !== null))
        figures.push({
          analysis: analysis.id,
          chart: comparisonsChart(results, analysis, compared, options),
        });
    }
  }
  return figures;
}

/** The comparisons of an analysis. */
function pairsOf(rows: readonly EstimateRow[]) {
  return rows.flatMap(({ visit, arm, versus }) =>
    arm === null || versus === null ? [] : [{ visit, arm, versus }],
  );
}

function outcomeOf(results: PlanResults, outcome: OutcomePlan, rows: ResultRow[]): OutcomeResults {
  const shown = new Set(rows.map((row) => row.visit));
  const arms = new Set(rows.flatMap((row) => [row.arm, row.versus]));
  return {
    outcome,
    rows,
    arms: results.arms.filter((arm) => arms.has(arm.id)),
    visits: results.visits.filter((visit) => visit.baseline || shown.has(visit.id)),
    missing: rows[0]?.missing ?? 'observed',
    level: results.plan.level,
  };
}

function binaryOutcome(
  results: PlanResults,
  { id, label, variable, missing }: AnalysisSummary,
): OutcomePlan | null {
  if (missing !== 'observed' && missing !== 'non-response') return null;
  const better = results.measures.find((measure) => measure.id === variable.measure)?.better ?? 'lower';
  if (variable.kind === 'response')
    return { id, label, kind: 'response', measure: variable.measure, better, fall: variable.fall };
  if (variable.kind !== 'threshold') return null;
  const { measure, atMost, atLeast } = variable;
  const bounds = {
    ...(atMost === undefined ? null : { atMost }),
    ...(atLeast === undefined ? null : { atLeast }),
  };
  return { id, label, kind: 'threshold', measure, ...bounds };
}

function countsOf(row: EstimateRow, { missing }: AnalysisSummary): ResultRow[] {
  if (row.measure !== 'proportion' && row.measure !== 'risk-difference') return [];
  const { visit, measure, arm, versus, numerator, denominator, estimate, lower, upper, level, method } = row;
  return [
    {
      outcome: row.analysis,
      visit,
      measure,
      missing: missing === 'non-response' ? 'non-response' : 'observed',
      arm,
      versus,
      numerator,
      denominator,
      estimate,
      lower,
      upper,
      level,
      method,
      reason: row.reason,
    },
  ];
}

function changesOf(results: PlanResults, measure: string): ResultRow[] {
  const baseline = results.visits.find((visit) => visit.baseline)?.id;
  return results.described
    .filter((row) => row.measure === measure && row.visit !== baseline)
    .map(({ visit, arm, changeN, change, lower, upper }) => ({
      outcome: measure,
      visit,
      measure: 'mean-change',
      missing: 'observed',
      arm,
      versus: null,
      numerator: null,
      denominator: changeN,
      estimate: change,
      lower,
      upper,
      level: results.plan.level,
      method: 't',
      reason: null,
    }));
}

function baselineCount(results: PlanResults, measure: string, arm: string): number {
  const baseline = results.visits.find((visit) => visit.baseline)?.id;
  return (
    results.described.find((row) => row.measure === measure && row.visit === baseline && row.arm === arm)
      ?.n ?? 0
  );
}
