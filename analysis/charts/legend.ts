import { textWidth, type Weight } from './text-width.ts';

const LINE = 20;
const MARK = 17;
const GAP = 17;

export interface LegendPlace {
  /** Where the mark begins and where its words do, in pixels across. */
  x: number;
  words: number;
  /** The middle of the line, from the legend's top. */
  y: number;
}

/**
 * Where the entries of a legend stand: beside one another, and in further lines where they don't fit.
 *
 * @param texts what each mark means
 * @param from left edge in pixels
 * @param width room in pixels
 */
export function placeLegend(
  texts: readonly string[],
  from: number,
  width: number,
  weight: Weight = 400,
): { places: LegendPlace[]; height: number } {
  let [x, line] = [from, 0];
  const places = texts.map((text) => {
    const room = MARK + textWidth(text, 12, weight);
    if (x > from && x + room > from + width) [x, line] = [from, line + 1];
    const place = { x, words: x + MARK, y: 9 + line * LINE };
    x += room + GAP;
    return place;
  });
  return { places, height: (line + 1) * LINE };
}
