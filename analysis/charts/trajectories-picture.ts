import { isPooled } from '../validate.ts';
import type { ChartOptions, ChartWords } from './chart.ts';
import { type Caption, captionLayers, frameSpec, type Layer, plotWidth } from './frame.ts';
import { decimal, roundTicks } from './numbers.ts';
import { armStyles, coloursOf } from './palette.ts';
import { linear, lines, rules } from './pixels.ts';
import { fitText, textWidth } from './text-width.ts';
import { timeLabels } from './time-labels.ts';
import type { TrajectoryResults } from './trajectories.ts';

const HEIGHT = 210;
const HEAD = 26;
const GAP = 20;
const LEAST = 130;

/** Draws the panels; there is at least one score. */
export function drawTrajectories(
  { arms, visits, courses, means }: TrajectoryResults,
  each: number,
  words: ChartWords,
  options: ChartOptions,
) {
  const colours = coloursOf(options.theme);
  const styles = armStyles(arms, options);
  const values = courses.flatMap(({ points }) => points.map(({ value }) => value));
  const days = courses.flatMap(({ points }) => points.map(({ day }) => day));
  const ticks = roundTicks(Math.min(0, ...values), Math.max(...values), 5);
  const left = Math.ceil(Math.max(...ticks.map((tick) => textWidth(decimal(tick, 0))))) + 10;
  const frame = { left, right: 14, top: 0, bottom: 0, height: 0 };
  const width = plotWidth(options, frame);
  const across = Math.max(1, Math.min(arms.length, 4, Math.floor((width + GAP) / (LEAST + GAP))));
  const deep = Math.ceil(arms.length / across);
  const tall = HEAD + HEIGHT * (deep > 1 ? 0.66 : 1);
  const block = tall + 30;
  frame.height = deep * block - 4;
  const panel = (width - GAP * (across - 1)) / across;
  const shown = visits.filter((visit) => days.includes(visit.day));
  const [start, end] = [Math.min(...days), Math.max(...days)];
  const captions: Caption[] = [];
  const grid: Record<string, unknown>[] = [];
  const thin: Record<string, unknown>[] = [];
  const thick: Record<string, unknown>[] = [];
  const points: Record<string, unknown>[] = [];
  for (const [index, arm] of arms.entries()) {
    const from = (index % across) * (panel + GAP);
    const top = Math.floor(index / across) * block;
    const inset = end > start ? 8 : panel / 2;
    const x = linear(start, end, from + inset, from + panel - inset);
    const y = linear(ticks[0]!, ticks.at(-1)!, top + tall, top + HEAD);
    const colour = styles[index]!.colour;
    const n = courses.filter((course) => course.arm === arm.id).length;
    const name = fitText(isPooled(arms) ? 'All arms' : arm.label, panel - 50, 12, 600);
    captions.push({ x: from, y: top + 9, text: name, weight: 600, colour });
    captions.push({
      x: from + textWidth(name, 12, 600) + 8,
      y: top + 9,
      text: `n ${n}`,
      colour: colours.ink3,
    });
    for (const tick of ticks) {
      grid.push({
        x: from,
        x2: from + panel,
        y: y(tick),
        y2: y(tick),
        colour: tick === ticks[0] ? colours.axis : colours.grid,
      });
      if (index % across === 0)
        captions.push({ x: -8, y: y(tick), text: decimal(tick, 0), align: 'right', colour: colours.ink3 });
    }
    const { words: names, unit } = timeLabels(
      shown.map((visit) => ({ x: x(visit.day), label: visit.label })),
    );
    for (const [order, visit] of shown.entries()) {
      const last = unit !== null && order === shown.length - 1;
      const text = last ? `${names[order]!} ${unit.slice(0, unit === 'months' ? 2 : 1)}` : names[order]!;
      const half = textWidth(text) / 2;
      const at = Math.max(from - 4 + half, Math.min(from + panel + 10 - half, x(visit.day)));
      captions.push({ x: at, y: top + tall + 15, text, align: 'center', colour: colours.ink3 });
    }
    for (const course of courses.filter((one, order) => one.arm === arm.id && order % each === 0))
      for (const { day, value } of course.points)
        thin.push({ line: course.participant, value, x: x(day), y: y(value), colour: colours.axis });
    for (const { day, mean } of means.filter((one) => one.arm === arm.id)) {
      thick.push({ line: arm.id, mean, x: x(day), y: y(mean), colour });
      const { symbol, size } = styles[index]!.shape;
      points.push({ mean, x: x(day), y: y(mean), colour, shape: symbol, size });
    }
  }
  const layers: Layer[] = [
    rules(grid),
    lines(thin, { strokeWidth: 1, opacity: options.theme === 'dark' ? 0.5 : 0.55 }),
    lines(thick, { strokeWidth: 3 }),
    {
      data: { values: points },
      mark: { type: 'point', stroke: colours.surface, strokeWidth: 1.5 },
      encoding: {
        x: { field: 'x', type: 'quantitative', scale: null, axis: null },
        y: { field: 'y', type: 'quantitative', scale: null, axis: null },
        shape: { field: 'shape', type: 'nominal', scale: null },
        size: { field: 'size', type: 'quantitative', scale: null },
        fill: { field: 'colour', type: 'nominal', scale: null },
      },
    },
  ];
  return frameSpec(frame, [...layers, ...captionLayers(captions, options)], words, options);
}
