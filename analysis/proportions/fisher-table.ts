import { logGamma } from '../distributions/stirling.ts';
import type { Unavailable } from '../unavailable.ts';
import { type CountTable, checkTable, withoutEmpty } from './contingency.ts';

/** Greatest number of steps before the exact computation is given up (a few seconds). */
const WORK_LIMIT = 10_000_000;

const TOO_LARGE: Unavailable = {
  reason: 'The table is too large for the exact test; use the chi-square or a Monte Carlo test.',
};

/** Logarithms of the products on the ways to a node, ascending, with how many ways share each. */
interface Ways {
  log: Float64Array;
  count: Float64Array;
  /** Σ count·exp(log − base) over the entries before each. */
  before: Float64Array;
  base: number;
}

function ordered(ways: ReadonlyMap<number, { log: number; count: number }>): Ways {
  const entries = [...ways.values()].sort((a, b) => a.log - b.log);
  const base = entries.at(-1)?.log ?? 0;
  const before = new Float64Array(entries.length + 1);
  entries.forEach(({ log, count }, i) => {
    before[i + 1] = before[i]! + count * Math.exp(log - base);
  });
  return {
    log: Float64Array.from(entries, (e) => e.log),
    count: Float64Array.from(entries, (e) => e.count),
    before,
    base,
  };
}

/** How many of the ascending values are at most the limit. */
function countUpTo(values: Float64Array, limit: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle]! <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Fisher's exact test of an r×c table (Freeman & Halton 1951): the probability, given all margins, of tables no more
 * likely than the observed one, by the network idea of Mehta & Patel (J Am Stat Assoc 1983;78:427–434).
 *
 * A table is a path: at each stage one column is dealt out, and a node is what remains of the row totals (sorted, as
 * the rows are exchangeable). A path's probability is ∝ Π 1/xᵢⱼ!. At every node the largest and the smallest product
 * that the remaining columns can add are known, so that a path is settled at once when even its largest ending is no
 * more likely than the observed table (all its tables count; their sum has the closed form m!/(Πrows!·Πcolumns!)), or
 * when even its smallest is more likely (none do). Only the undecided ones go on. Paths of equal product are merged.
 *
 * @returns p, or a reason when the table is too large for this
 */
export function fisherTable(table: CountTable): { p: number } | Unavailable {
  checkTable(table);
  let used = withoutEmpty(table);
  if (used.length < 2 || used[0]!.length < 2)
    return { reason: 'Fewer than two rows or columns have any count: there is nothing to compare.' };
  if (used.length > used[0]!.length) used = used[0]!.map((_, j) => used.map((row) => row[j]!));
  const rows = used.map((row) => row.reduce((a, b) => a + b, 0));
  const columns = used[0]!.map((_, j) => used.reduce((sum, row) => sum + row[j]!, 0)).sort((a, b) => b - a);
  const total = rows.reduce((a, b) => a + b, 0);
  // A node's key is its row totals as digits to the base total + 1.
  if ((total + 1) ** rows.length > Number.MAX_SAFE_INTEGER) return TOO_LARGE;
  const factorial = Float64Array.from({ length: total + 1 }, (_, n) => logGamma(n + 1));
  const sumOf = (values: ArrayLike<number>) => {
    let sum = 0;
    for (let i = 0; i < values.length; i++) sum += factorial[values[i]!]!;
    return sum;
  };
  const constant = sumOf(rows) + sumOf(columns) - factorial[total]!;
  // Products within 1e-7 of the observed one count as equal, as in R.
  const observed = -used.reduce((sum, row) => sum + sumOf(row), 0) + 1e-7;
  const height = rows.length;
  const last = columns.length - 1;
  let work = 0;

  const keyOf = (remaining: readonly number[]) => remaining.reduce((key, n) => key * (total + 1) + n, 0);

  /** Every way to deal a column out of the remaining row totals: what is then left (sorted) and ln Π 1/x!. */
  function deal(
    remaining: readonly number[],
    count: number,
    visit: (left: number[], log: number) => void,
  ): void {
    const left = [...remaining];
    const after = new Array<number>(height + 1).fill(0);
    for (let i = height - 1; i >= 0; i--) after[i] = after[i + 1]! + remaining[i]!;
    const go = (i: number, toDeal: number, log: number): void => {
      if (i === height - 1) {
        left[i] = remaining[i]! - toDeal;
        work++;
        visit(
          [...left].sort((a, b) => a - b),
          log - factorial[toDeal]!,
        );
        return;
      }
      const most = Math.min(toDeal, remaining[i]!);
      for (let n = Math.max(0, toDeal - after[i + 1]!); n <= most && work <= WORK_LIMIT; n++) {
        left[i] = remaining[i]! - n;
        go(i + 1, toDeal - n, log - factorial[n]!);
      }
    };
    go(0, count, 0);
  }

  const bounds = columns.map(() => new Map<number, { most: number; least: number }>());
  /** Largest and smallest ln Π 1/x! over the columns from `stage` on. */
  function bound(remaining: readonly number[], stage: number): { most: number; least: number } {
    if (stage === last) {
      const value = -sumOf(remaining);
      return { most: value, least: value };
    }
    const key = keyOf(remaining);
    const known = bounds[stage]!.get(key);
    if (known) return known;
    const best = { most: -Infinity, least: Infinity };
    deal(remaining, columns[stage]!, (left, log) => {
      const next = bound(left, stage + 1);
      best.most = Math.max(best.most, log + next.most);
      best.least = Math.min(best.least, log + next.least);
    });
    bounds[stage]!.set(key, best);
    return best;
  }

  const start = rows.toSorted((a, b) => a - b);
  const all = bound(start, 0);
  if (work > WORK_LIMIT) return TOO_LARGE;
  if (all.most <= observed) return { p: 1 };
  let p = 0;
  let level = [{ remaining: start, ways: ordered(new Map([[0, { log: 0, count: 1 }]])) }];
  for (let stage = 0; stage < last; stage++) {
    const next = new Map<
      number,
      { remaining: number[]; ways: Map<number, { log: number; count: number }> }
    >();
    const rest = columns.slice(stage + 1);
    const restTotal = rest.reduce((a, b) => a + b, 0);
    const restConstant = constant + factorial[restTotal]! - sumOf(rest);
    for (const { remaining, ways } of level) {
      deal(remaining, columns[stage]!, (left, log) => {
        const { most, least } = bound(left, stage + 1);
        const settled = countUpTo(ways.log, observed - most - log);
        if (settled > 0) p += ways.before[settled]! * Math.exp(ways.base + log + restConstant - sumOf(left));
        const end = countUpTo(ways.log, observed - least - log);
        if (end <= settled) return;
        const key = keyOf(left);
        let target = next.get(key);
        if (!target) {
          target = { remaining: left, ways: new Map() };
          next.set(key, target);
        }
        work += end - settled;
        for (let i = settled; i < end; i++) {
          const value = ways.log[i]! + log;
          const bin = Math.round(value * 1e9);
          const same = target.ways.get(bin);
          if (same) same.count += ways.count[i]!;
          else target.ways.set(bin, { log: value, count: ways.count[i]! });
        }
      });
      if (work > WORK_LIMIT) return TOO_LARGE;
    }
    level = [...next.values()].map((node) => ({ remaining: node.remaining, ways: ordered(node.ways) }));
  }
  return { p: Math.min(1, p) };
}
