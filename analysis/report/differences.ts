import type { Chart, ChartOptions } from '../charts/chart.ts';
import { type Caption, captionLayers, frameSpec, plotWidth } from '../charts/frame.ts';
import { decimal, decimalsFor, levelText, roundTicks } from '../charts/numbers.ts';
import { coloursOf } from '../charts/palette.ts';
import { textWidth } from '../charts/text-width.ts';
import type { AnalysisSummary, EstimateRow, PlanResults } from '../estimands/results.ts';

const ROW = 24;
const GUTTER = 14;
const AXIS = 26;

/** Differences of means of one analysis as a forest: a row for each comparison, visit and delta, numbers at the right. */
export function differencesChart(
  results: PlanResults,
  analysis: AnalysisSummary,
  rows: readonly EstimateRow[],
  options: ChartOptions,
): Chart {
  const arm = (id: string | null) => results.arms.find((one) => one.id === id)?.label ?? String(id);
  const visit = (id: string) => results.visits.find((one) => one.id === id)?.label ?? id;
  const several = new Set(rows.map((row) => row.visit)).size > 1;
  const known = rows.filter((row) => row.lower !== null && row.upper !== null && row.estimate !== null);
  const decimals = decimalsFor(known.map((row) => row.estimate!));
  const lines = rows.map((row) => {
    const where = [
      several ? visit(row.visit) : '',
      row.delta === null ? '' : `delta ${decimal(row.delta, Number.isInteger(row.delta) ? 0 : 1)}`,
    ];
    const label = [`${arm(row.arm)} − ${arm(row.versus)}`, ...where.filter(Boolean)].join(', ');
    const text =
      row.estimate === null || row.lower === null || row.upper === null
        ? 'no number'
        : `${decimal(row.estimate, decimals)} (${decimal(row.lower, decimals)} to ${decimal(row.upper, decimals)})`;
    return { row, label, text };
  });
  const words = {
    title: analysis.label,
    subtitle: `Difference of means with ${levelText(results.plan.level)} CI`,
  };
  const description = `${words.title}. ${words.subtitle}. ${lines.map(({ label, text }) => `${label}: ${text}`).join('; ')}.`;
  const wide = (texts: string[]) => Math.ceil(Math.max(...texts.map((text) => textWidth(text))));
  const left = wide(lines.map(({ label }) => label)) + GUTTER;
  const right = wide(lines.map(({ text }) => text)) + GUTTER;
  const frame = { left, right, top: 0, bottom: AXIS, height: ROW * lines.length };
  const width = plotWidth(options, frame);
  const limits = known.flatMap((row) => [row.lower!, row.upper!]);
  const ticks = roundTicks(Math.min(0, ...limits), Math.max(0, ...limits), 6);
  const domain = [ticks[0]!, ticks.at(-1)!];
  const colours = coloursOf(options.theme);
  const y = (index: number) => ROW * (index + 0.5);
  const values = lines.flatMap(({ row }, index) =>
    row.lower === null || row.upper === null || row.estimate === null
      ? []
      : [{ y: y(index), estimate: row.estimate, lower: row.lower, upper: row.upper }],
  );
  const captions: Caption[] = lines.flatMap(({ label, text }, index) => [
    { x: -left, y: y(index), text: label },
    { x: width + right, y: y(index), text, align: 'right' as const },
  ]);
  const x = (field: string) => ({
    field,
    type: 'quantitative' as const,
    scale: { domain, nice: false },
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
          data: { values: [{ zero: 0 }] },
          mark: { type: 'rule', color: colours.axis },
          encoding: { x: x('zero') },
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
