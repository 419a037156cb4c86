/**
 * Counts that may not be shown travel in the place of counts, which are never negative: −n says “less than n”, and −½
 * that a count is hidden because it would give such a one away.
 */
export const HIDDEN = -0.5;

export const lessThan = (smallest: number): number => -smallest;

/** A count as it is shown: “1,204”, “<5”, “hidden”. */
export function countText(count: number): string {
  if (count === HIDDEN) return 'hidden';
  return count < 0 ? `<${-count}` : count.toLocaleString('en-GB');
}
