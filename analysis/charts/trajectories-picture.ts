import { isPooled } from '../validate.ts';
import type { ChartOptions, ChartWords } from './chart.ts';
import { type Caption, captionLayers, frameSpec, type Layer, plotHeight, plotWidth } from './frame.ts';
import { decimal, roundTicks } from './numbers.ts';
import { armStyles, coloursOf } from './palette.ts';
import { linear, lines, rectangles, rules } from './pixels.ts';
import { fitText, textWidth } from './text-width.ts';
import { timeLabels } from './time-labels.ts';
import type { TrajectoryResults } from './trajectories.ts';

const HEIGHT = 210;
const HEAD = 26;
const GAP = 28;
const AXIS = 26;
const UNIT = 18;
const LEAST = 130;

/** Draws the panels; there is at least one score. */
export function drawTrajectories(
  { arms, visits, courses, means, band }: TrajectoryResults,
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
  const tall = HEAD + plotHeight(options, HEIGHT) * (deep > 1 ? 0.66 : 1);
  const panel = (width - GAP * (across - 1)) / across;
  const shown = visits.filter((visit) => days.includes(visit.day));
  const [start, end] = [Math.min(...days), Math.max(...days)];
  const inset = end > start ? 8 : panel / 2;
  const { words: names, unit } = timeLabels(
    shown.map((visit) => ({ x: linear(start, end, inset, panel - inset)(visit.day), label: visit.label })),
  );
  const block = tall + AXIS + (unit === null ? 0 : UNIT) + 4;
  frame.height = deep * block - 4;
  const captions: Caption[] = [];
  const shades: Record<string, unknown>[] = [];
  const grid: Record<string, unknown>[] = [];
  const thin: Record<string, unknown>[] = [];
  const thick: Record<string, unknown>[] = [];
  const points: Record<string, unknown>[] = [];
  for (const [index, arm] of arms.entries()) {
    const from = (index % across) * (panel + GAP);
    const top = Math.floor(index / across) * block;
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
    for (const [order, visit] of shown.entries()) {
      const text = names[order]!;
      const half = textWidth(text) / 2;
      const at = Math.max(from + half, Math.min(from + panel - half, x(visit.day)));
      captions.push({ x: at, y: top + tall + 15, text, align: 'center', colour: colours.ink3 });
      grid.push({
        x: x(visit.day),
        x2: x(visit.day),
        y: top + tall,
        y2: top + tall + 4,
        colour: colours.axis,
      });
    }
    const bottom = top + tall + AXIS + UNIT / 2;
    if (unit !== null)
      captions.push({ x: from + panel / 2, y: bottom, text: unit, align: 'center', colour: colours.ink3 });
    if (band) {
      const [least, most] = [ticks[0]!, ticks.at(-1)!];
      const [low, high] = [band.atLeast ?? least, band.atMost ?? most];
      const within = (score: number) => y(Math.max(least, Math.min(most, score)));
      shades.push({ x: from, x2: from + panel, y: within(high), y2: within(low), colour: colours.sunken });
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
    rectangles(shades),
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
