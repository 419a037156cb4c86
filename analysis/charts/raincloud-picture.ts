import { density } from '../density.ts';
import { isPooled } from '../validate.ts';
import type { ChartOptions, ChartWords } from './chart.ts';
import { type Caption, captionLayers, frameSpec, type Layer, plotHeight, plotWidth } from './frame.ts';
import { roundTicks, signed } from './numbers.ts';
import { armStyles, coloursOf } from './palette.ts';
import { AXIS_ROOM, bands, bottomAxis, dots, linear, rectangles, rules } from './pixels.ts';
import { type Middle, middleText, type RaincloudResults } from './raincloud.ts';
import { fitText } from './text-width.ts';

const HEAD = 22;
const HILL = 54;
const BAR = 16;
const RAIN = 26;
const GAP = 12;

/** Draws one cloud under the other; somebody's change is known. */
export function drawRaincloud(
  { arms, changes, better }: RaincloudResults,
  middles: readonly (Middle | null)[],
  words: ChartWords,
  options: ChartOptions,
) {
  const colours = coloursOf(options.theme);
  const styles = armStyles(arms, options);
  const all = changes.flatMap(({ people }) => people.map(({ change }) => change));
  const frame = { left: 16, right: 16, top: 0, bottom: AXIS_ROOM.titled, height: 0 };
  const width = plotWidth(options, frame);
  const [least, most] = [Math.min(0, ...all), Math.max(0, ...all)];
  // Half a dot and a little more stands free at both ends.
  const margin = 0.03 * (most - least || 1);
  const [low, high] = [least - margin, most + margin];
  const ticks = roundTicks(low, high, width < 360 ? 6 : 10, [1, 2, 5]).filter(
    (tick) => tick >= low && tick <= high,
  );
  const x = linear(low, high, 0, width);
  const hills = changes.map(({ people }) => density(people.map(({ change }) => change)));
  const highest = Math.max(...hills.flat().map((point) => point.density), 1e-9);
  const hill = plotHeight(options, HILL);
  const block = HEAD + hill + BAR + RAIN + GAP;
  frame.height = arms.length * block - GAP;
  const captions: Caption[] = [];
  const clouds: Record<string, unknown>[] = [];
  const halves: Record<string, unknown>[] = [];
  const medians: Record<string, unknown>[] = [];
  const drops: Record<string, unknown>[] = [];
  for (const [index, arm] of arms.entries()) {
    const { colour } = styles[index]!;
    const top = index * block;
    const ground = top + HEAD + hill;
    const name = isPooled(arms) ? 'All arms' : arm.label;
    captions.push({ x: -12, y: top + 9, text: fitText(name, width * 0.4, 12, 600), weight: 600, colour });
    const n = changes[index]!.people.length;
    captions.push({
      x: width + 12,
      y: top + 9,
      text: middleText(middles[index]!, n),
      align: 'right',
      colour: colours.ink3,
    });
    for (const point of hills[index]!)
      clouds.push({
        line: arm.id,
        x: x(point.x),
        y: ground - (point.density / highest) * hill,
        y2: ground,
        colour,
      });
    const middle = middles[index];
    if (middle) {
      const y = ground + BAR / 2 + 1;
      halves.push({ x: x(middle.lower), x2: x(middle.upper), y: y - 3, y2: y + 3, colour });
      medians.push({ x: x(middle.median), y, colour: colours.surface, arm: colour });
    }
    const counts = new Map<number, number>();
    const own = changes[index]!.people.map(({ change }) => change);
    const tallest = Math.max(1, ...own.map((value) => own.filter((one) => one === value).length));
    const step = Math.min(6, (RAIN - 4) / tallest);
    for (const value of own) {
      const level = counts.get(value) ?? 0;
      counts.set(value, level + 1);
      drops.push({ change: value, x: x(value), y: ground + BAR + 5 + level * step, colour });
    }
  }
  const decimals = Math.max(...ticks.map((tick) => (String(tick).split('.')[1] ?? '').length));
  const axis = bottomAxis(
    ticks.map((tick) => ({ at: x(tick), text: tick === 0 ? '0' : signed(tick, decimals) })),
    frame.height + 2,
    [0, width],
    colours,
    `Change from baseline (${better} is better)`,
  );
  const grid = ticks.flatMap((tick) =>
    arms.map((_, index) => ({
      x: x(tick),
      x2: x(tick),
      y: index * block + HEAD - 2,
      y2: (index + 1) * block - GAP,
      colour: tick === 0 ? colours.axis : colours.grid,
    })),
  );
  const layers: Layer[] = [
    rules([...grid, axis.line]),
    bands(clouds, { opacity: 0.78 }),
    rectangles(halves),
    dots(medians, { size: 46, stroke: colours.ink, strokeWidth: 1.75 }),
    dots(drops, { size: 19, strokeWidth: 0, opacity: 0.7 }),
  ];
  return frameSpec(
    frame,
    [...layers, ...captionLayers([...captions, ...axis.captions], options)],
    words,
    options,
  );
}
