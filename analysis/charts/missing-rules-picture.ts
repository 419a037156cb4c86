import { isPooled } from '../validate.ts';
import type { ChartOptions, ChartWords } from './chart.ts';
import { type Caption, captionLayers, frameSpec, type Layer, plotWidth, said } from './frame.ts';
import { type MissingRulesResults, RULES, type RuleLine, rateText } from './missing-rules.ts';
import { followUp } from './outcome.ts';
import { armStyles, coloursOf } from './palette.ts';
import { bottomAxis, dots, linear, rules } from './pixels.ts';
import { fitText, textWidth } from './text-width.ts';

const LINE = 16;
const GAP = 8;
const HEAD = 26;
const BETWEEN = 12;
const GUTTER = 12;
const INSET = 6;
const DIAMOND = 'diamond';

/** Draws a panel for each visit and three lines for each arm; at least one line has an estimate. */
export function drawMissingRules(
  results: MissingRulesResults,
  lines: readonly RuleLine[],
  words: ChartWords,
  options: ChartOptions,
) {
  const { arms } = results;
  const colours = coloursOf(options.theme);
  const styles = armStyles(arms, options);
  const names = arms.map(({ label }) =>
    fitText(isPooled(arms) ? 'All' : label, options.width * 0.2, 12, 600),
  );
  const rule = Math.max(...RULES.map((text) => textWidth(said(options, text))));
  const left = Math.ceil(Math.max(...names.map((text) => textWidth(text, 12, 600))) + GUTTER + rule + GUTTER);
  const waits = (line: RuleLine) => (line.note === 'being computed' ? 'computing…' : 'none');
  const texts = lines.map((line) => rateText(line) || waits(line));
  const right = Math.ceil(Math.max(...texts.map((text) => textWidth(said(options, text))))) + GUTTER;
  const frame = { left, right, top: 0, bottom: 26, height: 0 };
  const width = plotWidth(options, frame);
  const x = linear(0, 1, INSET, width - INSET);
  const captions: Caption[] = [];
  const spans: Record<string, unknown>[] = [];
  const points: Record<string, unknown>[] = [];
  const grid: Record<string, unknown>[] = [];
  const ticks = width < 250 ? [0, 0.5, 1] : [0, 0.25, 0.5, 0.75, 1];
  let y = 0;
  for (const visit of followUp(results)) {
    const own = lines.filter((line) => line.visit === visit.id);
    const reached = own.some(({ estimate }) => estimate !== null);
    captions.push({ x: -left, y: y + HEAD / 2 - 2, text: visit.label, weight: 600 });
    y += HEAD;
    if (!reached) {
      captions.push({ x: -left, y: y + LINE / 2, text: 'Nobody has a score here yet', colour: colours.ink3 });
      y += LINE + BETWEEN;
      continue;
    }
    const top = y;
    for (const [index, arm] of arms.entries()) {
      const { colour } = styles[index]!;
      captions.push({ x: -left, y: y + LINE * 0.5, text: names[index]!, weight: 600, colour });
      for (const line of own.filter((one) => one.arm === arm.id)) {
        const middle = y + LINE / 2;
        captions.push({ x: -GUTTER, y: middle, text: line.rule, align: 'right', colour: colours.ink3 });
        const text = rateText(line);
        const said = { x: width + right, y: middle, align: 'right' as const };
        captions.push(text ? { ...said, text } : { ...said, text: waits(line), colour: colours.ink3 });
        if (line.estimate !== null) {
          const at = { visit: visit.id, arm: arm.id, rule: line.rule, y: middle, colour };
          spans.push({ ...at, x: x(line.lower!), x2: x(line.upper!), y2: middle });
          points.push({ ...at, x: x(line.estimate), estimate: line.estimate });
        }
        y += LINE;
      }
      y += GAP;
    }
    y -= GAP;
    grid.push(
      ...ticks.map((tick) => ({ x: x(tick), x2: x(tick), y: top - 3, y2: y + 3, colour: colours.grid })),
    );
    y += BETWEEN;
  }
  frame.height = y - BETWEEN + 4;
  const axis = bottomAxis(
    ticks.map((tick) => ({ at: x(tick), text: `${100 * tick}%` })),
    frame.height,
    [INSET, width - INSET],
    colours,
  );
  const of = (name: RuleLine['rule']) => points.filter((point) => point.rule === name);
  const halo = { stroke: colours.surface, strokeWidth: 1.5 };
  const layers: Layer[] = [
    rules(grid),
    rules([axis.line]),
    rules(spans, { strokeWidth: 2, strokeCap: 'round' }),
    dots(of('Observed'), { shape: 'circle', size: 70, ...halo }),
    hollow(of('Non-response'), colours.surface),
    dots(of('Imputed'), { shape: DIAMOND, size: 120, ...halo }),
  ];
  return frameSpec(
    frame,
    [...layers, ...captionLayers([...captions, ...axis.captions], options)],
    words,
    options,
  );
}

/** Rings in the arm's colour, filled with the ground. */
function hollow(values: Record<string, unknown>[], ground: string): Layer {
  return {
    data: { values },
    mark: { type: 'point', shape: 'circle', size: 52, fill: ground, strokeWidth: 2 },
    encoding: {
      x: { field: 'x', type: 'quantitative', scale: null, axis: null },
      y: { field: 'y', type: 'quantitative', scale: null, axis: null },
      stroke: { field: 'colour', type: 'nominal', scale: null, legend: null },
    },
  };
}
