/** "5 of 46 (11%)"; a dash of nobody. */
export const share = (n: number, of: number): string =>
  of === 0 ? '–' : `${n} of ${of} (${Math.round((100 * n) / of)}%)`;
