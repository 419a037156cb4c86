import { wilsonInterval } from '../../../analysis/index.ts';
import type { CountRow } from '../document.ts';

/** Who was randomised, by the arm of the report: one pooled arm, or a letter for each. */
export interface Placed {
  /** In the order of the report’s columns. */
  arms: readonly string[];
  /** Participant code → arm. */
  armOf: ReadonlyMap<string, string>;
}

/**
 * Those affected in each arm, with Wilson's 95% interval of their share of those randomised.
 *
 * @param affected a code for each event; codes that weren't randomised don't count
 * @param events whether the number of events is told too
 */
export function countRow(
  label: string,
  { arms, armOf }: Placed,
  affected: readonly string[],
  events: boolean,
): CountRow {
  return {
    label,
    cells: arms.map((arm) => {
      const of = [...armOf.values()].filter((one) => one === arm).length;
      const own = affected.filter((code) => armOf.get(code) === arm);
      const count = new Set(own).size;
      const interval = wilsonInterval(count, of);
      return {
        count,
        of,
        events: events ? own.length : null,
        lower: interval?.lower ?? null,
        upper: interval?.upper ?? null,
      };
    }),
  };
}
