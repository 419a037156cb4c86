import { logGamma } from '../distributions/stirling.ts';
import type { Unavailable } from '../unavailable.ts';
import { type CountTable, checkTable, withoutEmpty } from './contingency.ts';

/** Greatest number of steps before the exact computation is given up (about two seconds). */
const WORK_LIMIT = 4_000_000;

interface Node {
  remaining: number[];
  /** ln of the product so far (rounded for merging) → total weight. */
  past: Map<number, { log: number; weight: number }>;
}

/**
 * Fisher's exact test of an r×c table (Freeman & Halton 1951): the probability, given all margins, of tables no more
 * likely than the observed one, by the network idea of Mehta & Patel (J Am Stat Assoc 1983;78:427–434).
 *
 * A table is a path: at each stage one column is dealt out, and a node is what remains of the row totals (sorted, as
 * the rows are exchangeable). A path's probability is ∝ Π 1/xᵢⱼ!. At every node the largest and the smallest product
 * that the remaining columns can add are known, so that a path is settled at once when even its largest ending is no
 * more likely than the observed table (all its tables count, and their sum has the closed form
 * Πⱼcⱼ!⁻¹ × multinomial), or when even its smallest is more likely (none do). Only the undecided ones go on.
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
  const factorial = Float64Array.from({ length: total + 1 }, (_, n) => logGamma(n + 1));
  const f = (n: number) => factorial[n]!;
  const sumOf = (values: number[]) => values.reduce((a, n) => a + f(n), 0);
  const constant = sumOf(rows) + sumOf(columns) - f(total);
  const observed = -used.reduce((sum, row) => sum + sumOf(row), 0) + 1e-7;

  let work = 0;
  const key = (remaining: number[], stage: number) => `${stage}:${remaining.join()}`;

  /** All ways to deal `count` out of the remaining row totals. */
  function* deals(remaining: number[], count: number, from = 0): Generator<number[]> {
    if (from === remaining.length - 1) {
      if (count <= remaining[from]!) yield [count];
      return;
    }
    let after = 0;
    for (let i = from + 1; i < remaining.length; i++) after += remaining[i]!;
    const most = Math.min(count, remaining[from]!);
    for (let n = Math.max(0, count - after); n <= most; n++)
      for (const rest of deals(remaining, count - n, from + 1)) yield [n, ...rest];
  }

  const bounds = new Map<string, { most: number; least: number }>();
  /** Largest and smallest ln Π 1/x! over the columns from `stage` on. */
  function bound(remaining: number[], stage: number): { most: number; least: number } {
    if (stage === columns.length - 1) {
      const value = -sumOf(remaining);
      return { most: value, least: value };
    }
    const id = key(remaining, stage);
    const known = bounds.get(id);
    if (known) return known;
    const best = { most: -Infinity, least: Infinity };
    for (const deal of deals(remaining, columns[stage]!)) {
      if (++work > WORK_LIMIT) return best;
      const next = bound(
        remaining.map((n, i) => n - deal[i]!).sort((a, b) => a - b),
        stage + 1,
      );
      const here = -sumOf(deal);
      best.most = Math.max(best.most, here + next.most);
      best.least = Math.min(best.least, here + next.least);
    }
    bounds.set(id, best);
    return best;
  }

  let p = 0;
  let level = new Map<string, Node>();
  const start = rows.toSorted((a, b) => a - b);
  level.set(key(start, 0), { remaining: start, past: new Map([[0, { log: 0, weight: 1 }]]) });
  for (let stage = 0; stage < columns.length; stage++) {
    const next = new Map<string, Node>();
    // ln of Σ over all endings of Π 1/x!: m!/(Π rows! Π columns!) for the columns from here on.
    const left = columns.slice(stage);
    const leftTotal = left.reduce((a, b) => a + b, 0);
    for (const node of level.values()) {
      const { most, least } = bound(node.remaining, stage);
      if (work > WORK_LIMIT) break;
      const everything = f(leftTotal) - sumOf(node.remaining) - sumOf(left);
      const open: { log: number; weight: number }[] = [];
      for (const path of node.past.values()) {
        if (path.log + most <= observed) p += path.weight * Math.exp(path.log + everything + constant);
        else if (path.log + least <= observed) open.push(path);
      }
      if (open.length === 0 || stage === columns.length - 1) continue;
      for (const deal of deals(node.remaining, columns[stage]!)) {
        work += open.length;
        if (work > WORK_LIMIT) break;
        const remaining = node.remaining.map((n, i) => n - deal[i]!).sort((a, b) => a - b);
        const id = key(remaining, stage + 1);
        let target = next.get(id);
        if (!target) {
          target = { remaining, past: new Map() };
          next.set(id, target);
        }
        const here = -sumOf(deal);
        for (const path of open) {
          const log = path.log + here;
          const bin = Math.round(log * 1e9);
          const same = target.past.get(bin);
          if (same) same.weight += path.weight;
          else target.past.set(bin, { log, weight: path.weight });
        }
      }
    }
    if (work > WORK_LIMIT)
      return {
        reason: 'The table is too large for the exact test; use the chi-square or a Monte Carlo test.',
      };
    level = next;
  }
  return { p: Math.min(1, p) };
}
