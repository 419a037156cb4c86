/** Charts with one panel of rows for each visit stand side by side: their rows share these heights. */
const HEAD = 27;
const ROW = 26;
const GAP = 10;

export interface Panel {
  /** Middle of the panel's heading. */
  heading: number;
  /** Ends of the panel's grid lines. */
  top: number;
  bottom: number;
  /** Middle of each row. */
  rows: number[];
}

/**
 * Where panels and their rows stand, in pixels from the top.
 *
 * @param counts rows of each panel
 * @param row height of a row
 */
export function stackPanels(counts: readonly number[], row = ROW): { panels: Panel[]; height: number } {
  let y = 0;
  const panels = counts.map((count) => {
    const top = y + HEAD;
    const bottom = top + count * row;
    const panel = {
      heading: y + HEAD / 2 - 2,
      top,
      bottom,
      rows: Array.from({ length: count }, (_, index) => top + (index + 0.5) * row),
    };
    y = bottom + GAP;
    return panel;
  });
  return { panels, height: Math.max(0, y - GAP) };
}
