import { armChannels } from './arm-channels.ts';
import type { ChartOptions, ChartWords } from './chart.ts';
import { type Caption, captionLayers, frameSpec, type Layer, plotHeight, plotWidth } from './frame.ts';
import { decimal, percent, roundTicks } from './numbers.ts';
import { armStyles, coloursOf } from './palette.ts';
import { across, bands, bottomAxis, linear, rules } from './pixels.ts';
import { spread } from './spread.ts';
import type { SurvivalCurve, SurvivalResults } from './survival.ts';
import { fitText, textWidth } from './text-width.ts';

const HEIGHT = 210;
const ROW = 17;
const TABLE = 66;

/** Draws the curves over their table; somebody is followed. */
export function drawSurvival(
  { arms, event, unit, since, rising }: SurvivalResults,
  curves: readonly SurvivalCurve[],
  ticks: readonly number[],
  words: ChartWords,
  options: ChartOptions,
) {
  const colours = coloursOf(options.theme);
  const styles = armStyles(arms, options);
  const names = arms.map((arm) => fitText(arm.label, options.width * 0.2, 12, 600));
  const ends = curves.map(({ estimate }, index) => {
    const last = estimate?.steps.at(-1)?.survival;
    return last === undefined ? '' : `${names[index]} ${percent(rising ? 1 - last : last)}`;
  });
  const cells = curves.map(({ risk }) =>
    risk.map(({ atRisk, events, censored }) =>
      options.width < 440 ? `${atRisk}` : `${atRisk} · ${events} · ${censored}`,
    ),
  );
  const cell = Math.max(...cells.flat().map((text) => textWidth(text)));
  const left = Math.ceil(Math.max(47, ...names.map((name) => textWidth(name, 12, 600) + cell / 2 + 12)));
  const right = Math.ceil(Math.max(cell / 2, ...ends.map((text) => textWidth(text, 12, 600) + 10)));
  const frame = {
    left,
    right,
    top: 12,
    bottom: TABLE + arms.length * ROW,
    height: plotHeight(options, HEIGHT),
  };
  const width = plotWidth(options, frame);
  const longest = Math.max(...curves.flatMap(({ estimate }) => estimate?.steps.at(-1)?.time ?? 0), 1e-9);
  const x = linear(0, longest, 0, width);
  // A curve that stays low has an axis to its own size; one that falls from 1 always shows the whole.
  const highest = rising
    ? Math.max(
        0.05,
        ...curves.flatMap(({ estimate }) =>
          (estimate?.steps ?? []).map((step) => 1 - (step.lower ?? step.survival)),
        ),
      )
    : 1;
  const shares = rising ? roundTicks(0, highest, 5, [1, 2, 2.5, 5]) : [0, 0.25, 0.5, 0.75, 1];
  const height = linear(0, shares.at(-1)!, frame.height, 0);
  const y = (survival: number) => height(rising ? 1 - survival : survival);

  const steps = curves.flatMap(({ arm, estimate }) =>
    estimate
      ? [
          { arm: arm.id, time: 0, survival: 1, x: 0, y: y(1) },
          ...estimate.steps.map(({ time, survival }) => ({
            arm: arm.id,
            time,
            survival,
            x: x(time),
            y: y(survival),
          })),
        ]
      : [],
  );
  const shades = curves.flatMap(({ arm, estimate }, index) =>
    estimate
      ? [{ time: 0, survival: 1, lower: null, upper: null }, ...estimate.steps].map((step) => ({
          line: arm.id,
          x: x(step.time),
          y: y(step.lower ?? step.survival),
          y2: y(step.upper ?? step.survival),
          colour: styles[index]!.colour,
        }))
      : [],
  );
  const marks = curves.flatMap(({ estimate }, index) =>
    (estimate?.steps ?? [])
      .filter(({ censored }) => censored > 0)
      .map(({ time, survival }) => ({
        x: x(time),
        x2: x(time),
        y: y(survival) - 4,
        y2: y(survival) + 4,
        colour: styles[index]!.colour,
      })),
  );
  const wishes = curves.flatMap(({ estimate }, index) => {
    const last = estimate?.steps.at(-1);
    return last ? [{ index, y: y(last.survival) }] : [];
  });
  const places = spread(
    wishes.map((wish) => wish.y),
    15,
    4,
    frame.height - 4,
  );
  const axis = bottomAxis(
    ticks.map((tick) => ({ at: x(tick), text: decimal(tick, Number.isInteger(tick) ? 0 : 1) })),
    frame.height,
    [0, width],
    colours,
  );
  const captions: Caption[] = [
    ...axis.captions,
    ...shares.map((share) => ({
      x: -10,
      y: height(share),
      text: `${Number((100 * share).toFixed(1))}%`,
      align: 'right' as const,
      colour: colours.ink3,
    })),
    {
      x: width / 2,
      y: frame.height + 33,
      text: [`${unit.charAt(0).toUpperCase()}${unit.slice(1)}`, since].filter(Boolean).join(' '),
      align: 'center',
      colour: colours.ink3,
    },
    {
      x: -left,
      y: frame.height + 52,
      text: options.width < 440 ? 'At risk' : `At risk · ${event} · censored`,
      colour: colours.ink3,
    },
    ...wishes.map(({ index }, order) => ({
      x: width + 8,
      y: places[order]!,
      text: ends[index]!,
      weight: 600 as const,
      colour: styles[index]!.colour,
    })),
    ...curves.flatMap((_, index) => {
      const row = frame.height + TABLE + (index + 0.4) * ROW;
      const colour = styles[index]!.colour;
      return [
        {
          x: -cell / 2 - 10,
          y: row,
          text: names[index]!,
          align: 'right' as const,
          weight: 600 as const,
          colour,
        },
        ...ticks.map((tick, at) => ({
          x: x(tick),
          y: row,
          text: cells[index]![at]!,
          align: 'center' as const,
        })),
      ];
    }),
  ];
  const { color, strokeDash } = armChannels(arms, styles);
  const layers: Layer[] = [
    rules([
      ...shares.slice(1).map((share) => ({
        x: 0,
        x2: width,
        y: height(share),
        y2: height(share),
        colour: colours.grid,
      })),
      axis.line,
    ]),
    bands(shades, { interpolate: 'step-after', opacity: options.theme === 'dark' ? 0.16 : 0.1 }),
    {
      data: { values: steps.map((step, order) => ({ ...step, order })) },
      mark: { type: 'line', interpolate: 'step-after' },
      encoding: {
        x: across('x'),
        y: across('y'),
        order: { field: 'order', type: 'quantitative' },
        color,
        strokeDash,
      },
    },
    rules(marks, { strokeWidth: 1.25 }),
  ];
  return frameSpec(frame, [...layers, ...captionLayers(captions, options)], words, options);
}
