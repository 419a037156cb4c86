import { countText } from '../hidden.ts';
import type { ResultRow } from '../plan.ts';
import { armChannels } from './arm-channels.ts';
import type { ChartOptions, ChartWords } from './chart.ts';
import { type Caption, captionLayers, frameSpec, type Layer } from './frame.ts';
import type { MeanChangeResults } from './mean-change.ts';
import { layOutMeanChange, type MeanChangeLayout } from './mean-change-layout.ts';
import { armStyles, coloursOf } from './palette.ts';

/** Draws lines, intervals and the table of n; at least one row has an estimate. */
export function drawMeanChange(
  results: MeanChangeResults,
  rows: readonly ResultRow[],
  words: ChartWords,
  options: ChartOptions,
) {
  const layout = layOutMeanChange(results, rows, options);
  const layers = [
    ...marks(layout, results, rows, options),
    ...captionLayers(captions(layout, results, rows, options), options),
  ];
  return frameSpec(layout.frame, layers, words, options);
}

function captions(
  layout: MeanChangeLayout,
  { arms, atBaseline }: MeanChangeResults,
  rows: readonly ResultRow[],
  options: ChartOptions,
): Caption[] {
  const { ink3 } = coloursOf(options.theme);
  const styles = armStyles(arms, options);
  const { y, unit } = layout.words;
  const all: Caption[] = layout.visits.map(({ word, x }) => ({
    x,
    y,
    text: word,
    align: 'center',
    colour: ink3,
  }));
  all.push({ x: -layout.frame.left, ...layout.heading, colour: ink3 });
  if (unit) all.push({ x: layout.width + 6, y, text: unit, colour: ink3 });
  for (const [index, { id, end, row }] of layout.lines.entries()) {
    const own = { weight: 600 as const, colour: styles[index]!.colour };
    all.push({ ...end, ...own }, { x: layout.labelsEnd, y: row.y, text: row.text, align: 'right', ...own });
    for (const { visit, word, x } of layout.visits) {
      if (word === '') continue;
      const found = rows.find((one) => one.arm === id && one.visit === visit.id);
      const n = visit.baseline ? atBaseline[id] : found?.denominator;
      const hidden = visit.baseline ? undefined : found?.hidden;
      all.push({ x, y: row.y, text: hidden ?? countText(n ?? 0), align: 'center' });
    }
  }
  return all;
}

function marks(
  layout: MeanChangeLayout,
  { arms }: MeanChangeResults,
  rows: readonly ResultRow[],
  options: ChartOptions,
): Layer[] {
  const { domain, ticks, visits, lines, start } = layout;
  const colours = coloursOf(options.theme);
  const styles = armStyles(arms, options);
  const means = lines.flatMap(({ id, aside }, index) =>
    visits.flatMap(({ visit }) => {
      const row = rows.find((one) => one.arm === id && one.visit === visit.id);
      if (visit.baseline || row?.estimate == null) return [];
      const { size } = styles[index]!.shape;
      const { estimate: mean, lower, upper } = row;
      return [{ arm: id, size, day: visit.day + aside.days, mean, lower, upper }];
    }),
  );
  const origins = lines.filter((line) => line.started).map(({ id }) => ({ arm: id, day: start, mean: 0 }));

  const { color, shape, size, strokeDash } = armChannels(arms, styles);
  const x = {
    field: 'day',
    type: 'quantitative' as const,
    scale: { domain, nice: false, zero: false },
    axis: {
      title: null,
      values: visits.map(({ visit }) => visit.day),
      labels: false,
      ticks: true,
      tickSize: 4,
    },
  };
  const y = {
    type: 'quantitative' as const,
    scale: { domain: [ticks[0]!, ticks.at(-1)!], nice: false, zero: false },
    axis: { title: null, values: ticks, grid: true, format: `.${layout.decimals}f` },
  };
  return [
    {
      data: { values: [{ zero: 0, from: domain[0], to: domain[1] }] },
      mark: { type: 'rule', color: colours.axis, strokeWidth: 1.25 },
      encoding: { x: { ...x, field: 'from' }, x2: { field: 'to' }, y: { ...y, field: 'zero' } },
    },
    {
      data: { values: [...origins, ...means] },
      mark: { type: 'line' },
      encoding: { x, y: { ...y, field: 'mean' }, color, strokeDash },
    },
    {
      data: { values: means.filter(({ lower }) => lower !== null) },
      mark: { type: 'rule', strokeWidth: 1.75, strokeCap: 'round' },
      encoding: { x, y: { ...y, field: 'lower' }, y2: { field: 'upper' }, color },
    },
    {
      data: { values: means },
      mark: { type: 'point', stroke: colours.surface, strokeWidth: 1.5 },
      encoding: { x, y: { ...y, field: 'mean' }, color, shape, size },
    },
  ];
}
