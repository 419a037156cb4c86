import type { ChartOptions } from './chart.ts';
import { type Caption, captionLayers, type Layer } from './frame.ts';
import { coloursOf } from './palette.ts';
import { textWidth, wrapText } from './text-width.ts';

const PAD = { x: 11, y: 9 };
const LINE = 17;
/** Above a heading that isn't the box's first. */
const BREAK = 7;

/** A line of a box: a heading in ink, or what belongs under it. */
export interface Line {
  text: string;
  head: boolean;
  /** An arm's own colour. */
  colour?: string;
  /** Pixels left free above it. */
  above?: number;
}

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
  lines: Line[];
  /** Edge in an arm's colour; a thin grey one where absent. */
  colour?: string;
  filled?: boolean;
}

/** An orthogonal connection, corner by corner, with an arrow head at its end. */
export type Arrow = [x: number, y: number][];

/** A stage of the diagram, named along the left edge. */
export interface Stage {
  label: string;
  y: number;
  y2: number;
}

export const RAIL = 22;

/** Lines broken to a box's width; what follows a break is set as the line that it continues. */
export function fitLines(lines: readonly Line[], width: number): Line[] {
  return lines.flatMap(({ text, head, colour }, order) =>
    wrapText(text, width - 2 * PAD.x).map((part, index) => ({
      text: part,
      head,
      colour,
      above: head && order > 0 && index === 0 ? BREAK : 0,
    })),
  );
}

/** @param lines as `fitLines` gives them */
export function boxHeight(lines: readonly Line[]): number {
  return 2 * PAD.y + lines.reduce((sum, { above = 0 }) => sum + LINE + above, 0);
}

/** How wide a box is that holds its lines unbroken. */
export function boxWidth(lines: readonly Line[]): number {
  return (
    Math.ceil(Math.max(...lines.map(({ text, head }) => textWidth(text, 12, head ? 600 : 400)))) + 2 * PAD.x
  );
}

const HEAD = 5;

/** Draws boxes, arrows and stages, all in pixels. */
export function boxLayers(
  boxes: readonly Box[],
  arrows: readonly Arrow[],
  stages: readonly Stage[],
  options: ChartOptions,
): Layer[] {
  const colours = coloursOf(options.theme);
  const pixel = (field: string) => ({ field, type: 'quantitative' as const, scale: null, axis: null });
  const edge = colours.axis;
  const captions: Caption[] = stages.map(({ label, y, y2 }) => ({
    x: RAIL / 2,
    y: (y + y2) / 2,
    text: label,
    align: 'center',
    weight: 600,
    size: 11,
    angle: 270,
    colour: colours.ink3,
  }));
  for (const box of boxes) {
    let y = box.y + PAD.y + LINE / 2;
    for (const { text, head, colour, above = 0 } of box.lines) {
      y += above;
      captions.push({
        x: box.x + PAD.x,
        y,
        text,
        weight: colour ? 600 : 400,
        colour: colour ?? (head ? colours.ink : colours.ink2),
      });
      y += LINE;
    }
  }
  const rects = [
    ...stages.map(({ y, y2 }) => ({
      x: 0,
      x2: RAIL,
      y,
      y2,
      fill: colours.sunken,
      stroke: colours.sunken,
      wide: 1,
    })),
    ...boxes.map(({ x, y, width, height, colour, filled }) => ({
      x,
      x2: x + width,
      y,
      y2: y + height,
      fill: filled ? colours.sunken : colours.surface,
      stroke: colour ?? edge,
      wide: colour ? 2 : 1,
    })),
  ];
  const segments = arrows.flatMap((arrow) =>
    arrow.slice(1).map(([x2, y2], index) => ({ x: arrow[index]![0], y: arrow[index]![1], x2, y2 })),
  );
  const heads = arrows.map((arrow) => {
    const [x, y] = arrow.at(-1)!;
    const sideways = arrow.at(-2)![1] === y;
    return { x: sideways ? x - HEAD / 2 : x, y: sideways ? y : y - HEAD / 2, angle: sideways ? 90 : 180 };
  });
  return [
    {
      data: { values: segments },
      mark: { type: 'rule', color: edge, strokeWidth: 1.25 },
      encoding: { x: pixel('x'), x2: { field: 'x2' }, y: pixel('y'), y2: { field: 'y2' } },
    },
    {
      data: { values: heads },
      mark: { type: 'point', shape: 'triangle-up', size: 40, color: edge },
      encoding: {
        x: pixel('x'),
        y: pixel('y'),
        angle: { field: 'angle', type: 'quantitative', scale: null },
      },
    },
    {
      data: { values: rects },
      mark: { type: 'rect', cornerRadius: 4 },
      encoding: {
        x: pixel('x'),
        x2: { field: 'x2' },
        y: pixel('y'),
        y2: { field: 'y2' },
        fill: { field: 'fill', type: 'nominal', scale: null },
        stroke: { field: 'stroke', type: 'nominal', scale: null },
        strokeWidth: { field: 'wide', type: 'quantitative', scale: null },
      },
    },
    ...captionLayers(captions, options),
  ];
}
