import type { Unavailable } from '../unavailable.ts';
import { drawIndex, type Uniform } from './generator.ts';

export interface PermutationTest {
  observed: number;
  twoSided: number;
  /** First group's mean is lower, higher. */
  less: number;
  greater: number;
  /** Allocations looked at: all of them, or the number drawn. */
  allocations: number;
  method: 'exact' | 'monte-carlo';
}

/** Exact up to this many allocations. */
const EXACT_LIMIT = 2_000_000;

/** Sums within this relative distance count as equal (scores are often whole numbers divided by something). */
const TIE = 1e-9;

function check(first: readonly number[], second: readonly number[]): Unavailable | null {
  if ([...first, ...second].some((v) => !Number.isFinite(v)))
    throw new RangeError('A permutation test needs finite numbers.');
  return first.length === 0 || second.length === 0 ? { reason: 'A group has nobody observed.' } : null;
}

/** A difference of means is (S − n₁·mean)·(1/n₁ + 1/n₂): it orders allocations as the first group's sum S does. */
function counter(all: Float64Array, n1: number) {
  const n = all.length;
  const total = all.reduce((a, b) => a + b, 0);
  const centre = (n1 * total) / n;
  const factor = 1 / n1 + 1 / (n - n1);
  let observed = 0;
  for (let i = 0; i < n1; i++) observed += all[i]!;
  const gap = observed - centre;
  const slack = TIE * (all.reduce((s, v) => s + Math.abs(v), 0) + 1e-300);
  const seen = { twoSided: 0, less: 0, greater: 0 };
  return {
    difference: gap * factor,
    seen,
    add(sum: number) {
      const g = sum - centre;
      if (Math.abs(g) >= Math.abs(gap) - slack) seen.twoSided++;
      if (g <= gap + slack) seen.less++;
      if (g >= gap - slack) seen.greater++;
    },
  };
}

/**
 * Exact permutation test of a difference of means: all C(n₁+n₂, n₁) allocations are gone through
 * (Fisher 1935; Pitman EJG. JRSS Suppl 1937;4:119–130). Two-sided: |difference| at least as large.
 *
 * @returns a reason when there are more than two million allocations
 */
export function exactPermutation(
  first: readonly number[],
  second: readonly number[],
): PermutationTest | Unavailable {
  const problem = check(first, second);
  if (problem) return problem;
  const n1 = first.length;
  const n = n1 + second.length;
  let count = 1;
  for (let i = 1; i <= Math.min(n1, n - n1); i++) count = (count * (n - i + 1)) / i;
  if (count > EXACT_LIMIT)
    return { reason: 'There are too many allocations to go through; use Monte Carlo.' };
  const all = Float64Array.from([...first, ...second]);
  const { difference, seen, add } = counter(all, n1);
  const visit = (from: number, left: number, sum: number) => {
    if (left === 0) {
      add(sum);
      return;
    }
    for (let i = from; i <= n - left; i++) visit(i + 1, left - 1, sum + all[i]!);
  };
  visit(0, n1, 0);
  const total = Math.round(count);
  return {
    observed: difference,
    twoSided: seen.twoSided / total,
    less: seen.less / total,
    greater: seen.greater / total,
    allocations: total,
    method: 'exact',
  };
}

/**
 * Monte Carlo permutation test of a difference of means, p = (b+1)/(m+1) with b of m random allocations at least as
 * extreme: the observed one counts, so that p is never 0 (Phipson B, Smyth GK. Stat Appl Genet Mol Biol 2010;9:39).
 *
 * @param strata of each value (first group's, then second's): allocations are drawn within strata
 */
export function monteCarloPermutation(
  first: readonly number[],
  second: readonly number[],
  { permutations, uniform, strata }: { permutations: number; uniform: Uniform; strata?: readonly string[] },
): PermutationTest | Unavailable {
  const problem = check(first, second);
  if (problem) return problem;
  const n1 = first.length;
  const all = Float64Array.from([...first, ...second]);
  if (strata && strata.length !== all.length) throw new RangeError('Every value has a stratum.');
  const { difference, seen, add } = counter(all, n1);
  const names = strata ? [...new Set(strata)] : [''];
  const groups = names.map((name) => {
    const members = Array.from(all, (_, i) => i).filter((i) => !strata || strata[i] === name);
    return { pool: Float64Array.from(members, (i) => all[i]!), take: members.filter((i) => i < n1).length };
  });
  for (let b = 0; b < permutations; b++) {
    let sum = 0;
    for (const { pool, take } of groups)
      for (let i = 0; i < take; i++) {
        const j = i + drawIndex(uniform, pool.length - i);
        const value = pool[j]!;
        pool[j] = pool[i]!;
        pool[i] = value;
        sum += value;
      }
    add(sum);
  }
  const p = (b: number) => (b + 1) / (permutations + 1);
  return {
    observed: difference,
    twoSided: p(seen.twoSided),
    less: p(seen.less),
    greater: p(seen.greater),
    allocations: permutations,
    method: 'monte-carlo',
  };
}
