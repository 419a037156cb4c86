import { RandomisationError } from '../errors.ts';
import { compareFractions } from '../fraction.ts';
import type { Plan } from '../plan.ts';
import { exactImbalances, scaledImbalances } from '../schemes/distance.ts';
import { coinFor, type MinimisationPlan } from '../schemes/minimisationPlan.ts';
import type { QuickScheme, Weights } from './sequence.ts';

/** Minimisation on typed arrays: one row of counts for each level of each factor, and one for the whole study. */
export function minimisingWeights({ design, columnArm }: Plan, plan: MinimisationPlan): QuickScheme {
  const columns = columnArm.length;
  const sizes = design.factors.map(({ levels }) => levels.length);
  const starts = sizes.map((_, i) => sizes.slice(0, i).reduce((sum, size) => sum + size, 0));
  const all = sizes.reduce((sum, size) => sum + size, 0);
  const counts = new Int32Array((all + 1) * columns);
  const views = Array.from({ length: all + 1 }, (_, row) =>
    counts.subarray(row * columns, (row + 1) * columns),
  );
  const rows: Int32Array[] = plan.overall
    ? [...sizes.map(() => views[all]!), views[all]!]
    : sizes.map(() => views[all]!);
  const scaled = new Float64Array(columns);
  const coins = new Map<number, Weights>();
  let participants = 0;

  const coinOf = (preferred: number): Weights => {
    let coin = coins.get(preferred);
    if (!coin) {
      const values = coinFor(plan, preferred).weights.map(Number);
      const sum = values.reduce((total, value) => total + value, 0);
      if (!Number.isSafeInteger(sum)) {
        throw new RandomisationError(
          'design',
          'The probability is too fine a fraction to be simulated quickly.',
        );
      }
      coin = { values, sum };
      coins.set(preferred, coin);
    }
    return coin;
  };

  function count(levels: ArrayLike<number>, column: number): void {
    for (let i = 0; i < sizes.length; i++)
      if (levels[i]! >= 0) counts[(starts[i]! + levels[i]!) * columns + column]! += 1;
    counts[all * columns + column]! += 1;
    participants += 1;
  }

  return {
    restart() {
      counts.fill(0);
      participants = 0;
    },
    weigh(levels) {
      for (let i = 0; i < sizes.length; i++) rows[i] = views[starts[i]! + levels[i]!]!;
      let preferred = 0;
      if (scaledImbalances(plan, rows, participants, scaled) > 0) {
        let least = scaled[0]!;
        for (let k = 1; k < columns; k++) if (scaled[k]! < least) least = scaled[k]!;
        for (let k = 0; k < columns; k++) if (scaled[k] === least) preferred += 2 ** k;
      } else preferred = exactlyPreferred(plan, rows);
      return coinOf(preferred);
    },
    take: count,
    count,
    fewest(first, last) {
      let column = first;
      for (let j = first + 1; j <= last; j++)
        if (counts[all * columns + j]! < counts[all * columns + column]!) column = j;
      return column;
    },
  };
}

function exactlyPreferred(plan: MinimisationPlan, rows: readonly Int32Array[]): number {
  const exact = exactImbalances(
    plan,
    rows.map((row) => Array.from(row)),
  );
  const least = exact.reduce((best, value) => (compareFractions(value, best) < 0 ? value : best));
  return exact.reduce((mask, value, k) => (compareFractions(value, least) === 0 ? mask + 2 ** k : mask), 0);
}
