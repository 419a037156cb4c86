import type { OutcomePlan } from '../plan.ts';
import type { ChartOptions } from './chart.ts';
import { type Caption, type Layer, said } from './frame.ts';
import { across } from './pixels.ts';
import { textWidth } from './text-width.ts';

/** A short arrow to the right, as a Vega path; the font has none that every reader could show. */
const ARROW = 'M-1,0L1,0M0.35,-0.55L1,0L0.35,0.55';

const ARROW_ROOM = 21;
const FROM_ZERO = 10;

/** Words and arrow on one side of zero. */
export interface Side {
  /** Their ends, in pixels across. */
  from: number;
  to: number;
  caption(y: number, colour: string): Caption;
  arrow(y: number): { x: number; y: number; angle: number };
}

/**
 * What either side of zero means: which arm a response favours; a threshold may be good or bad, so it favours nobody.
 *
 * @param zero where zero stands, in pixels across
 */
export function favours(outcome: OutcomePlan, zero: number, options: ChartOptions): Side[] {
  const verb = outcome.kind === 'response' ? 'favours' : 'more in';
  return sidesOf([`${verb} second`, `${verb} first`], zero, options);
}

/** Words on the left and on the right of zero, each with an arrow that leads away from it. */
export function sidesOf(texts: [left: string, right: string], zero: number, options: ChartOptions): Side[] {
  return texts.map((words, index) => {
    const text = said(options, words);
    const way = index === 0 ? -1 : 1;
    const width = textWidth(text);
    const start = zero + way * FROM_ZERO;
    const end = start + way * (width + ARROW_ROOM);
    return {
      from: Math.min(start, end),
      to: Math.max(start, end),
      caption: (y, colour) => ({ x: start, y, text, align: way < 0 ? 'right' : 'left', colour }),
      arrow: (y) => ({ x: start + way * (width + 13), y, angle: way < 0 ? 180 : 0 }),
    };
  });
}

/** Whether both sides stand between two places. */
export function fits(sides: readonly Side[], from: number, to: number): boolean {
  return sides.every((side) => side.from >= from && side.to <= to);
}

/** Arrows at places in pixels, pointing right or, turned by `angle` degrees, elsewhere. */
export function arrowLayer(
  values: readonly { x: number; y: number; angle: number }[],
  colour: string,
): Layer {
  return {
    data: { values: [...values] },
    mark: { type: 'point', shape: ARROW, filled: false, size: 90, stroke: colour, strokeWidth: 1.25 },
    encoding: {
      x: across('x'),
      y: across('y'),
      angle: { field: 'angle', type: 'quantitative', scale: null },
    },
  };
}
