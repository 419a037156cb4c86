import { improvedBy } from '../cumulative.ts';
import { isPooled } from '../validate.ts';
import { armChannels } from './arm-channels.ts';
import type { ChartOptions, ChartWords } from './chart.ts';
import { type CumulativeResults, readAt, readOff } from './cumulative.ts';
import { type Caption, captionLayers, frameSpec, type Layer, plotHeight, plotWidth } from './frame.ts';
import { decimal } from './numbers.ts';
import { armStyles, coloursOf } from './palette.ts';
import { across, bottomAxis, linear, rules } from './pixels.ts';
import { fitText, textWidth } from './text-width.ts';

const HEIGHT = 232;
const LEFT = 47;
const LABEL = 17;

/** Draws the curves; somebody improved or worsened by some amount. */
export function drawCumulative(
  { arms, cumulative }: CumulativeResults,
  ticks: readonly number[],
  words: ChartWords,
  options: ChartOptions,
) {
  const colours = coloursOf(options.theme);
  const styles = armStyles(arms, options);
  const height = plotHeight(options, HEIGHT);
  const frame = { left: LEFT, right: 14, top: 12, bottom: 44, height };
  const width = plotWidth(options, frame);
  const [low, high] = [ticks[0]!, ticks.at(-1)!];
  const x = linear(low, high, 0, width);
  const y = linear(0, 1, height, 0);
  const at = readAt(ticks);

  const curves = arms.flatMap((arm, index) => {
    const one = cumulative[index]!;
    if (one.of === 0 || one.steps.length === 0) return [];
    const point = (improvement: number, count: number) => ({
      arm: arm.id,
      improvement,
      count,
      of: one.of,
      x: x(improvement),
      y: y(count / one.of),
    });
    const last = one.steps.at(-1)!.improvement;
    return [
      point(low, improvedBy(one, low)),
      ...one.steps.map(({ improvement, count }) => point(improvement, count)),
      point(last, 0),
      point(high, 0),
    ];
  });
  const readings = arms.flatMap((arm, index) => {
    const one = cumulative[index]!;
    if (one.of === 0) return [];
    const { size } = styles[index]!.shape;
    return [{ arm: arm.id, size, x: x(at), y: y(improvedBy(one, at) / one.of) }];
  });

  const heading = `${at} points or more`;
  const room = width - x(at) - 12;
  const texts = arms.map((arm, index) => {
    const share = readOff(cumulative[index]!, at);
    if (isPooled(arms)) return share;
    return `${fitText(arm.label, room - textWidth(` ${share}`, 12, 600), 12, 600)} ${share}`;
  });
  const widest = Math.max(textWidth(heading), ...texts.map((text) => textWidth(text, 12, 600)));
  const block = { width: widest + 6, height: 10 + LABEL * (arms.length + 0.5) };
  const corner = cornerFor(curves, block, { width, height });
  const captions: Caption[] = [
    ...[0, 0.25, 0.5, 0.75, 1].map((share) => ({
      x: -10,
      y: y(share),
      text: `${100 * share}%`,
      align: 'right' as const,
      colour: colours.ink3,
    })),
    { x: corner.x, y: corner.y + 10, text: heading, colour: colours.ink3 },
    ...texts.map((text, index) => ({
      x: corner.x,
      y: corner.y + 10 + LABEL * (index + 1),
      text,
      weight: 600 as const,
      colour: styles[index]!.colour,
    })),
    {
      x: width / 2,
      y: height + 35,
      text: `Points of improvement from baseline${low < 0 ? ' (below 0: worse)' : ''}`,
      align: 'center',
      colour: colours.ink3,
    },
  ];
  const shown = ticks.filter((_, index) => width >= 300 || index % 2 === ticks.indexOf(0) % 2);
  const axis = bottomAxis(
    shown.map((tick) => ({ at: x(tick), text: decimal(tick, Number.isInteger(tick) ? 0 : 1) })),
    height,
    [0, width],
    colours,
  );
  const { color, shape, size, strokeDash } = armChannels(arms, styles);
  const place = { x: across('x'), y: across('y') };
  const layers: Layer[] = [
    rules([
      ...[0.25, 0.5, 0.75, 1].map((share) => ({
        x: 0,
        x2: width,
        y: y(share),
        y2: y(share),
        colour: colours.grid,
      })),
      axis.line,
    ]),
    rules([{ x: x(at), x2: x(at), y: 0, y2: height, colour: colours.axis }], { strokeDash: [3, 3] }),
    {
      data: { values: curves.map((point, order) => ({ ...point, order })) },
      mark: { type: 'line', interpolate: 'step-before' },
      encoding: { ...place, order: { field: 'order', type: 'quantitative' }, color, strokeDash },
    },
    {
      data: { values: readings },
      mark: { type: 'point', stroke: colours.surface, strokeWidth: 1.5 },
      encoding: { ...place, color, shape, size },
    },
  ];
  const covered = {
    x: corner.x - 6,
    x2: corner.x + block.width,
    y: corner.y,
    y2: corner.y + block.height,
  };
  return frameSpec(
    frame,
    [
      ...layers,
      ...ground(covered, colours.surface),
      ...captionLayers([...captions, ...axis.captions], options),
    ],
    words,
    options,
  );
}

/** Behind the names, so that no grid line runs through them. */
function ground(area: { x: number; x2: number; y: number; y2: number }, colour: string): Layer[] {
  return [
    {
      data: { values: [{ ...area, colour }] },
      mark: { type: 'rect' },
      encoding: {
        x: across('x'),
        x2: { field: 'x2' },
        y: across('y'),
        y2: { field: 'y2' },
        color: { field: 'colour', type: 'nominal', scale: null },
      },
    },
  ];
}

/** Where the names stand: at the upper right, or where a curve still runs there, at the lower left. */
function cornerFor(
  curves: readonly { x: number; y: number }[],
  { width, height }: { width: number; height: number },
  plot: { width: number; height: number },
): { x: number; y: number } {
  // Between two points a curve runs at the height of the second one.
  const inTheWay = curves.some(({ x, y }) => x > plot.width - width && y < height);
  return inTheWay ? { x: 10, y: plot.height - height - 8 } : { x: plot.width - width + 6, y: 0 };
}
