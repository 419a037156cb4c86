import { decimal, levelText, signed } from '../charts/numbers.ts';
import type { EstimateRow, PlanResults, RowMeasure } from '../estimands/results.ts';
import { MEASURE_WORDS } from '../estimands/wording.ts';
import { escapeHtml as e } from './escape.ts';

/** One analysis's rows; columns that no row fills are left out. */
export function resultsTable(results: PlanResults, analysis: string): string {
  const rows = results.rows.filter((row) => row.analysis === analysis);
  const arm = (id: string | null) => results.arms.find((one) => one.id === id)?.label ?? id ?? '';
  const visit = (id: string) => results.visits.find((one) => one.id === id)?.label ?? id;
  const who = (row: EstimateRow) =>
    row.arm === null
      ? 'All arms'
      : row.versus === null
        ? arm(row.arm)
        : `${arm(row.arm)} vs ${arm(row.versus)}`;
  const columns: [string, boolean, (row: EstimateRow) => string][] = [
    ['Visit', false, (row) => visit(row.visit)],
    [
      'Delta',
      true,
      (row) => (row.delta === null ? '' : decimal(row.delta, Number.isInteger(row.delta) ? 0 : 1)),
    ],
    ['Arm or comparison', false, who],
    ['Measure', false, (row) => MEASURE_WORDS[row.measure]],
    ['n', true, sizeText],
    [`Estimate (${levelText(results.plan.level)} CI)`, true, estimateText],
    ['SE', true, (row) => numberText(row.se, row.measure)],
    ['df', true, (row) => (row.df === null ? '' : decimal(row.df, 1))],
    ['p', true, (row) => pText(row.p)],
    ['Adjusted p', true, (row) => pText(row.pAdjusted)],
  ];
  const used = columns.filter(([, , text]) => rows.some((row) => text(row) !== ''));
  const head = used.map(([name, numeric]) => `<th scope="col"${numeric ? ' class="n"' : ''}>${name}</th>`);
  const body = rows.map((row) => {
    const cells = used.map(([, numeric, text]) => `<td${numeric ? ' class="n"' : ''}>${e(text(row))}</td>`);
    const why =
      row.reason === null
        ? ''
        : `<tr class="why"><td colspan="${used.length}">${e(`${who(row)}: ${row.reason}`)}</td></tr>`;
    return `<tr${row.versus === null ? '' : ' class="contrast"'}>${cells.join('')}</tr>${why}`;
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
