import type { Caption, Layer } from './frame.ts';
import type { coloursOf } from './palette.ts';

/*
 * Layers whose places are pixels, for pictures of several panels: every datum carries where it stands beside what it
 * says, and no scale can move one panel against another.
 */

type Values = Record<string, unknown>[];

export const across = (field: string) => ({ field, type: 'quantitative' as const, scale: null, axis: null });
const literal = (field: string) => ({ field, type: 'nominal' as const, scale: null, legend: null });
const place = { x: across('x'), y: across('y') };
const ends = { ...place, x2: { field: 'x2' }, y2: { field: 'y2' } };

/** From (x, y) to (x2, y2), filled with `colour`. */
export function rectangles(values: Values, mark: object = {}): Layer {
  return {
    data: { values },
    mark: { type: 'rect', ...mark },
    encoding: { ...ends, color: literal('colour') },
  };
}

/** From (x, y) to (x2, y2), in `colour`. */
export function rules(values: Values, mark: object = {}): Layer {
  return {
    data: { values },
    mark: { type: 'rule', ...mark },
    encoding: { ...ends, color: literal('colour') },
  };
}

/**
 * Points in `colour`, of the mark's own shape and size.
 *
 * @param fields what else each point brings: its area in pixels, its turn in degrees
 */
export function dots(values: Values, mark: object = {}, ...fields: ('size' | 'angle')[]): Layer {
  const own = fields.map((field) => [field, { field, type: 'quantitative', scale: null }]);
  return {
    data: { values },
    mark: { type: 'point', ...mark },
    encoding: { ...place, fill: literal('colour'), ...Object.fromEntries(own) },
  };
}

/** A line for each `line`, in `colour`, through its points in their order. */
export function lines(values: Values, mark: object = {}): Layer {
  return {
    data: { values: values.map((value, order) => ({ ...value, order })) },
    mark: { type: 'line', ...mark },
    encoding: {
      ...place,
      order: { field: 'order', type: 'quantitative' },
      detail: { field: 'line', type: 'nominal' },
      color: literal('colour'),
    },
  };
}

/** Between y and y2 along x, one for each `line`, filled with `colour`. */
export function bands(values: Values, mark: object = {}): Layer {
  return {
    data: { values },
    mark: { type: 'area', ...mark },
    encoding: {
      ...place,
      y2: { field: 'y2' },
      detail: { field: 'line', type: 'nominal' },
      color: literal('colour'),
    },
  };
}

/** A straight map from numbers to pixels. */
export function linear(from: number, to: number, start: number, end: number): (value: number) => number {
  const scale = to === from ? 0 : (end - start) / (to - from);
  return (value) => Number((start + (value - from) * scale).toFixed(2));
}

export interface Tick {
  at: number;
  text: string;
}

/** What a bottom axis takes below its panel: labels alone, and labels with a title. */
export const AXIS_ROOM = { labels: 26, titled: 44 };

/** An axis along the bottom of a panel: its line, a label under each tick, and what it measures under them. */
export function bottomAxis(
  ticks: readonly Tick[],
  y: number,
  [from, to]: [number, number],
  colours: ReturnType<typeof coloursOf>,
  title = '',
): { captions: Caption[]; line: Record<string, unknown> } {
  const labels = ticks.map(({ at, text }) => ({ x: at, y: y + 15, text }));
  const captions = [...labels, { x: (from + to) / 2, y: y + 35, text: title }];
  return {
    captions: captions.map((caption) => ({ ...caption, align: 'center', colour: colours.ink3 })),
    line: { x: from, x2: to, y, y2: y, colour: colours.axis },
  };
}
