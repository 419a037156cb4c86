/** The first calendar day that a partial day may mean: 2026-03 → 2026-03-01. */
export const earliestOf = (partial: string): string => `${partial}-01-01`.slice(0, 10);

/** The last calendar day that a partial day may mean: 2026-02 → 2026-02-28. */
export function latestOf(partial: string): string {
  if (partial.length === 10) return partial;
  const [year, month = 12] = partial.split('-').map(Number) as [number, number?];
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}

/** Whether the second is before the first whatever the unknown parts are. */
export const surelyBefore = (start: string, end: string): boolean => latestOf(end) < earliestOf(start);
