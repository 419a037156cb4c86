import type { Chart, ChartOptions } from '../charts/chart.ts';
import { type Caption, captionLayers, frameSpec, plotWidth } from '../charts/frame.ts';
import { decimal, decimalsFor, levelText, roundTicks } from '../charts/numbers.ts';
import { coloursOf } from '../charts/palette.ts';
import { textWidth } from '../charts/text-width.ts';
import type { AnalysisSummary, EstimateRow, PlanResults, RowMeasure } from '../estimands/results.ts';

const ROW = 24;
const GUTTER = 14;
const AXIS = 26;

/** What a comparison is called, between which marks it stands, and what would be no effect. */
interface Scale {
  words: string;
  /** Ratios stand on a logarithmic axis, round about 1. */
  isRatio: boolean;
  /** What one unit is shown as: risks in points of a hundred. */
  unit: number;
}

const difference = (words: string, unit = 1): Scale => ({ words, isRatio: false, unit });
const ratio = (words: string): Scale => ({ words, isRatio: true, unit: 1 });

/** Measures whose comparisons are drawn. */
export const SCALES: Partial<Record<RowMeasure, Scale>> = {
  'mean-difference': difference('Difference of means'),
  shift: difference('Hodges–Lehmann shift'),
  'standardised-difference': difference('Standardised mean difference'),
  'risk-difference': difference('Risk difference in percentage points', 100),
  'risk-ratio': ratio('Risk ratio'),
  'odds-ratio': ratio('Odds ratio'),
};

/** 1, 2 and 5 times powers of ten that hold a range. */
function logTicks(low: number, high: number): number[] {
  const marks: number[] = [];
  for (let power = -6; power <= 6; power++)
    for (const unit of [1, 2, 5]) marks.push(Number((unit * 10 ** power).toPrecision(6)));
  const first = Math.max(
    0,
    marks.findLastIndex((mark) => mark <= low),
  );
  const last = marks.findIndex((mark) => mark >= high);
  return marks.slice(first, last < 0 ? undefined : last + 1);
}

/** The deltas of one comparison stand together, so that one sees it drift. */
function byLadder(rows: readonly EstimateRow[]): EstimateRow[] {
  if (rows.every(({ delta }) => delta === null)) return [...rows];
  const key = ({ visit, arm, versus }: EstimateRow) => JSON.stringify([visit, arm, versus]);
  const keys = [...new Set(rows.map(key))];
  return keys.flatMap((own) => rows.filter((row) => key(row) === own));
}

/**
 * Comparisons of one analysis as a forest: a row for each comparison, visit and delta, numbers at the right; ratios on
 * a logarithmic axis.
 *
 * @param rows all of one measure, which `SCALES` has
 */
export function comparisonsChart(
  results: PlanResults,
  analysis: AnalysisSummary,
  rows: readonly EstimateRow[],
  options: ChartOptions,
): Chart {
  const arm = (id: string | null) => results.arms.find((one) => one.id === id)?.label ?? String(id);
  const visit = (id: string) => results.visits.find((one) => one.id === id)?.label ?? id;
  const several = new Set(rows.map((row) => row.visit)).size > 1;
  const { words: summary, isRatio, unit } = SCALES[rows[0]!.measure]!;
  const known = rows.flatMap(({ estimate, lower, upper }) =>
    estimate === null || lower === null || upper === null || (isRatio && lower <= 0)
      ? []
      : [{ estimate: unit * estimate, lower: unit * lower, upper: unit * upper }],
  );
  const decimals = isRatio ? 2 : decimalsFor(known.map(({ estimate }) => estimate));
  const number = (value: number) => decimal(unit * value, decimals);
  const lines = byLadder(rows).map((row) => {
    const where = [
      several ? visit(row.visit) : '',
      row.delta === null ? '' : `delta ${decimal(row.delta, Number.isInteger(row.delta) ? 0 : 1)}`,
      row.conclusion === 'tips' ? 'tips' : '',
    ];
    const label = [
      `${arm(row.arm)} ${isRatio ? 'against' : '−'} ${arm(row.versus)}`,
      ...where.filter(Boolean),
    ].join(', ');
    const { estimate, lower, upper } = row;
    const limit = (value: number | null) => (value === null ? 'no limit' : number(value));
    const text =
      estimate === null
        ? 'no number'
        : lower === null && upper === null
          ? `${number(estimate)}, no interval`
          : `${number(estimate)} (${limit(lower)} to ${limit(upper)})`;
    return { row, label, text };
  });
  const words = {
    title: analysis.label,
    subtitle: `${summary} with ${levelText(results.plan.level)} CI${isRatio ? ', logarithmic axis' : ''}`,
  };
  const description = `${words.title}. ${words.subtitle}. ${lines.map(({ label, text }) => `${label}: ${text}`).join('; ')}.`;
  const wide = (texts: string[]) => Math.ceil(Math.max(...texts.map((text) => textWidth(text))));
  const left = wide(lines.map(({ label }) => label)) + GUTTER;
  const right = wide(lines.map(({ text }) => text)) + GUTTER;
  const frame = { left, right, top: 0, bottom: AXIS, height: ROW * lines.length };
  const width = plotWidth(options, frame);
  const limits = known.flatMap(({ lower, upper }) => [lower, upper]);
  const none = isRatio ? 1 : 0;
  const [low, high] = [Math.min(none, ...limits), Math.max(none, ...limits)];
  const ticks = isRatio ? logTicks(low, high) : roundTicks(low, high, 6);
  const domain = [ticks[0]!, ticks.at(-1)!];
  const colours = coloursOf(options.theme);
  const y = (index: number) => ROW * (index + 0.5);
  const values = lines.flatMap(({ row }, index) =>
    row.lower === null || row.upper === null || row.estimate === null || (isRatio && row.lower <= 0)
      ? []
      : [{ y: y(index), estimate: unit * row.estimate, lower: unit * row.lower, upper: unit * row.upper }],
  );
  const captions: Caption[] = lines.flatMap(({ label, text }, index) => [
    { x: -left, y: y(index), text: label },
    { x: width + right, y: y(index), text, align: 'right' as const },
  ]);
  const x = (field: string) => ({
    field,
    type: 'quantitative' as const,
    scale: { domain, nice: false, ...(isRatio && { type: 'log' as const }) },
    axis: { values: ticks, title: null, domain: false },
  });
  const at = { field: 'y', type: 'quantitative' as const, scale: null, axis: null };
  return {
    ...words,
    description,
    table: { columns: [], rows: [] },
    spec: frameSpec(
      frame,
      [
        {
          data: { values: [{ none }] },
          mark: { type: 'rule', color: colours.axis },
          encoding: { x: x('none') },
        },
        {
          data: { values },
          mark: { type: 'rule', color: colours.ink, strokeWidth: 1.5 },
          encoding: { x: x('lower'), x2: { field: 'upper' }, y: at },
        },
        {
          data: { values },
          mark: { type: 'point', shape: 'square', filled: true, opacity: 1, size: 60, color: colours.ink },
          encoding: { x: x('estimate'), y: at },
        },
        ...captionLayers(captions, options),
      ],
      { ...words, description },
      options,
    ),
  };
}
