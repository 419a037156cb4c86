import { decimal, levelText, signed } from '../charts/numbers.ts';
import type { EstimateRow, PlanResults, RowMeasure } from '../estimands/results.ts';
import { CONCLUSION_WORDS, MEASURE_WORDS } from '../estimands/wording.ts';
import { escapeHtml as e } from './escape.ts';

export interface ResultLines {
  columns: { label: string; numeric: boolean }[];
  rows: {
    cells: string[];
    contrast: boolean;
    /** Whose number can’t be had, and why. */
    why: string | null;
  }[];
}

/** One analysis's rows as text; columns that no row fills are left out, and a visit that all rows share. */
export function resultLines(results: PlanResults, analysis: string): ResultLines {
  const rows = results.rows.filter((row) => row.analysis === analysis);
  const arm = (id: string | null) => results.arms.find((one) => one.id === id)?.label ?? id ?? '';
  const visit = (id: string) => results.visits.find((one) => one.id === id)?.label ?? id;
  const who = (row: EstimateRow) =>
    row.arm === null
      ? 'All arms'
      : row.versus === null
        ? arm(row.arm)
        : `${arm(row.arm)} vs ${arm(row.versus)}`;
  const hasVisits = new Set(rows.map((row) => row.visit)).size > 1;
  const columns: [string, boolean, (row: EstimateRow) => string][] = [
    ['Visit', false, (row) => (hasVisits ? visit(row.visit) : '')],
    [
      'Delta',
      true,
      (row) => (row.delta === null ? '' : decimal(row.delta, Number.isInteger(row.delta) ? 0 : 1)),
    ],
    ['Arm or comparison', false, who],
    ['At baseline', false, ({ covariate }) => covariate ?? ''],
    ['Measure', false, (row) => MEASURE_WORDS[row.measure]],
    ['n', true, sizeText],
    [`Estimate (${levelText(results.plan.level)} CI)`, true, estimateText],
    ['SE', true, (row) => numberText(row.se, row.measure)],
    ['df', true, (row) => (row.df === null ? '' : decimal(row.df, 1))],
    ['p', true, (row) => pText(row.p)],
    ['Adjusted p', true, (row) => pText(row.pAdjusted)],
    ['Conclusion', false, ({ conclusion }) => (conclusion === null ? '' : CONCLUSION_WORDS[conclusion])],
  ];
  const used = columns.filter(([, , text]) => rows.some((row) => text(row) !== ''));
  return {
    columns: used.map(([label, numeric]) => ({ label, numeric })),
    rows: rows.map((row) => ({
      cells: used.map(([, , text]) => text(row)),
      contrast: row.versus !== null,
      why: row.reason === null ? null : `${who(row)}: ${row.reason}`,
    })),
  };
}

/** One analysis's rows as a table of HTML. */
export function resultsTable(
  results: PlanResults,
  analysis: string,
  say: (text: string) => string = (text) => text,
): string {
  const w = (text: string) => e(say(text));
  const { columns, rows } = resultLines(results, analysis);
  const n = (numeric: boolean | undefined) => (numeric ? ' class="n"' : '');
  const head = columns.map(({ label, numeric }) => `<th scope="col"${n(numeric)}>${w(label)}</th>`);
  const body = rows.map(({ cells, contrast, why }) => {
    const data = cells.map((cell, index) => `<td${n(columns[index]?.numeric)}>${w(cell)}</td>`);
    const reason = why === null ? '' : `<tr class="why"><td colspan="${columns.length}">${w(why)}</td></tr>`;
    return `<tr${contrast ? ' class="contrast"' : ''}>${data.join('')}</tr>${reason}`;
  });
  return `<table><thead><tr>${head.join('')}</tr></thead><tbody>${body.join('\n')}</tbody></table>`;
}

const PERCENT: RowMeasure[] = ['proportion', 'risk', 'risk-difference'];

function numberText(value: number | null, measure: RowMeasure, sign = false): string {
  if (value === null) return '';
  if (PERCENT.includes(measure)) return sign ? signed(100 * value) : decimal(100 * value);
  return decimal(value, measure === 'number-needed' ? 1 : 2);
}

function estimateText(row: EstimateRow): string {
  if (row.estimate === null && row.lower === null && row.upper === null)
    return row.p === null ? 'no number' : '';
  const sign = row.measure === 'risk-difference';
  const text = (value: number | null, open: string) =>
    value === null ? open : numberText(value, row.measure, sign);
  const unit = row.measure === 'risk-difference' ? ' points' : PERCENT.includes(row.measure) ? '%' : '';
  const limits =
    row.lower === null && row.upper === null
      ? ''
      : ` (${text(row.lower, 'open')} to ${text(row.upper, 'open')})`;
  return `${text(row.estimate, 'infinite')}${unit}${limits}`;
}

function sizeText(row: EstimateRow): string {
  if (row.numerator !== null) return `${row.numerator}/${row.denominator}`;
  if (row.n === null) return '';
  return row.nVersus === null ? String(row.n) : `${row.n}, ${row.nVersus}`;
}

/** “0.034”, “<0.001”. */
function pText(p: number | null): string {
  if (p === null) return '';
  return p < 0.001 ? '<0.001' : p.toFixed(3);
}
