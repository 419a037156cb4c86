import type { ResultRow } from '../plan.ts';
import { armChannels } from './arm-channels.ts';
import type { ChartOptions, ChartWords } from './chart.ts';
import { type Caption, captionLayers, frameSpec, type Layer, plotWidth } from './frame.ts';
import { levelText, share } from './numbers.ts';
import { followUp, type OutcomeResults } from './outcome.ts';
import { armStyles, coloursOf } from './palette.ts';
import { stackPanels } from './panels.ts';
import { AXIS_ROOM } from './pixels.ts';
import { fitText, textWidth } from './text-width.ts';

const GUTTER = 14;
/** From this width the axis has a title. */
const TITLED = 440;
/** So that a point at 0% or 100% isn't cut in two. */
const INSET = 6;

/** Draws the panels; at least one row has an estimate. */
export function drawResponse(
  results: OutcomeResults,
  rows: ResultRow[],
  words: ChartWords,
  options: ChartOptions,
) {
  const { arms } = results;
  const colours = coloursOf(options.theme);
  const styles = armStyles(arms, options);
  const visits = followUp(results).map((visit) => {
    const own = arms.map((arm) => rows.find((row) => row.visit === visit.id && row.arm === arm.id));
    const reached = own.some((row) => row?.estimate != null);
    return { visit, own, reached };
  });
  const { panels, height } = stackPanels(visits.map(({ own, reached }) => (reached ? own.length : 1)));

  const labelRoom = Math.max(...arms.map((arm) => textWidth(arm.label, 12, 600)));
  const left = Math.ceil(Math.min(labelRoom, options.width * 0.34)) + GUTTER;
  const counts = rows.map((row) => (row.estimate === null ? '' : share(row.numerator!, row.denominator!)));
  const right = Math.ceil(Math.max(...counts.map((text) => textWidth(text)))) + GUTTER;
  const titled = options.width >= TITLED;
  const bottom = titled ? AXIS_ROOM.titled : AXIS_ROOM.labels;
  const frame = { left, right, top: 0, bottom, height: height + 4 };
  const width = plotWidth(options, frame);

  const captions: Caption[] = [];
  if (titled)
    captions.push({
      x: width / 2,
      y: frame.height + 35,
      text: `${results.outcome.label} (${levelText(results.level)} CI)`,
      align: 'center',
      colour: colours.ink3,
    });
  const points: Record<string, string | number>[] = [];
  const grid: Record<string, number>[] = [];
  const ticks = width < 250 ? [0, 0.5, 1] : [0, 0.25, 0.5, 0.75, 1];
  for (const [index, { visit, own, reached }] of visits.entries()) {
    const { heading, top, bottom, rows: middles } = panels[index]!;
    captions.push({ x: INSET, y: heading, text: visit.label, weight: 600 });
    if (!reached) {
      captions.push({ x: INSET, y: middles[0]!, text: 'Nobody has a score here yet', colour: colours.ink3 });
      continue;
    }
    grid.push(...ticks.map((x) => ({ x, y: top, y2: bottom })));
    for (const [position, row] of own.entries()) {
      const y = middles[position]!;
      const arm = arms[position]!;
      const label = fitText(arm.label, left - GUTTER, 12, 600);
      captions.push({
        x: -GUTTER,
        y,
        text: label,
        align: 'right',
        weight: 600,
        colour: styles[position]!.colour,
      });
      if (!row || row.estimate === null) {
        captions.push({
          x: width + right,
          y,
          text: row?.hidden ?? 'no scores',
          align: 'right',
          colour: colours.ink3,
        });
        continue;
      }
      captions.push({ x: width + right, y, text: share(row.numerator!, row.denominator!), align: 'right' });
      const { size } = styles[position]!.shape;
      points.push({ arm: arm.id, size, y, estimate: row.estimate, lower: row.lower!, upper: row.upper! });
    }
  }

  const x = {
    type: 'quantitative' as const,
    scale: { domain: [0, 1], nice: false, range: [INSET, width - INSET] },
    axis: { title: null, values: ticks, format: '.0%', domain: true, offset: -1 },
  };
  const y = { field: 'y', type: 'quantitative' as const, scale: null, axis: null };
  const { color, shape, size } = armChannels(arms, styles);
  const layers: Layer[] = [
    {
      data: { values: grid },
      mark: { type: 'rule' },
      encoding: { x: { ...x, field: 'x' }, y, y2: { field: 'y2' } },
    },
    {
      data: { values: points },
      mark: { type: 'rule', strokeWidth: 2.25, strokeCap: 'round' },
      encoding: { x: { ...x, field: 'lower' }, x2: { field: 'upper' }, y, color },
    },
    {
      data: { values: points },
      mark: { type: 'point', stroke: colours.surface, strokeWidth: 1.5 },
      encoding: {
        x: { ...x, field: 'estimate' },
        y,
        color,
        shape,
        size,
      },
    },
  ];
  return frameSpec(frame, [...layers, ...captionLayers(captions, options)], words, options);
}
