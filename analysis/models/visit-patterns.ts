import { type Matrix, zeros } from '../linear/matrix.ts';
import type { Structure } from './covariance-structure.ts';

/** Which structure a group of subjects has, and which of the model's parameters are its own. */
export interface GroupCovariance {
  structure: Structure;
  /** index[k] is the place of the structure's k-th parameter in θ. Groups may share parameters. */
  index: number[];
}

/** One subject's rows, with the visit (from 0) of each. */
export interface Subject {
  group: number;
  rows: number[];
  visits: number[];
}

/**
 * Takes one subject: its visits in ascending order, its n×p rows of X one after the other, its n values of y. The
 * arrays may be used again by the caller for the next subject.
 */
export type TakeSubject = (
  group: number,
  visits: readonly number[],
  x: ArrayLike<number>,
  y: ArrayLike<number>,
) => void;

/** Subjects one by one, the same ones each time: they need not be in memory together. */
export interface SubjectSource {
  /** Columns of X. */
  columns: number;
  each(take: TakeSubject): void;
}

/**
 * Subjects of one group with the same observed visits, as the sums that the likelihood needs of them. With them the
 * cost of an evaluation doesn't depend on the number of subjects. The response is taken from an origin: e = y − Xβ₀
 * with β₀ near the solution, so that sums of squares aren't differences of large numbers.
 */
export interface Pattern {
  group: number;
  visits: number[];
  /** Number of subjects. */
  size: number;
  /** S_ab = Σᵢ(x_ia·x_ibᵀ + x_ib·x_iaᵀ) (once for a = b), for a ≤ b, at a·n + b. */
  cross: (Matrix | null)[];
  /** Σᵢ x_ia·e_ib at a·n + b. */
  mixed: Float64Array[];
  /** Σᵢ e_ia·e_ib at a·n + b. */
  squares: Float64Array;
}

export interface RepeatedData {
  /** Columns of X. */
  columns: number;
  /** Rows of X. */
  observations: number;
  subjects: number;
  /** β₀, from which the response is measured. */
  origin: Float64Array;
  patterns: Pattern[];
  groups: GroupCovariance[];
  /** Number of covariance parameters. */
  parameters: number;
}

/** Sums up every subject, in one pass. */
export function compile(
  source: SubjectSource,
  origin: Float64Array,
  groups: GroupCovariance[],
): RepeatedData {
  const p = source.columns;
  const byKey = new Map<string, Pattern>();
  const most = Math.max(1, ...groups.map(({ structure }) => structure.size));
  const errors = new Float64Array(most);
  // Most of a design row is zero: only the places that aren't are visited.
  const places = new Int32Array(most * p);
  const used = new Int32Array(most);
  let observations = 0;
  let subjects = 0;
  source.each((group, visits, x, y) => {
    const n = visits.length;
    const key = `${group}:${visits.join()}`;
    let pattern = byKey.get(key);
    if (!pattern) {
      pattern = emptyPattern(group, visits, p);
      byKey.set(key, pattern);
    }
    pattern.size += 1;
    observations += n;
    subjects += 1;
    for (let a = 0; a < n; a++) {
      let e = y[a]!;
      let count = 0;
      for (let j = 0; j < p; j++) {
        const v = x[a * p + j]!;
        if (v === 0) continue;
        e -= v * origin[j]!;
        places[a * p + count++] = j;
      }
      errors[a] = e;
      used[a] = count;
    }
    for (let a = 0; a < n; a++)
      for (let b = 0; b < n; b++) {
        const e = errors[b]!;
        pattern.squares[a * n + b]! += errors[a]! * e;
        const target = pattern.mixed[a * n + b]!;
        for (let u = 0; u < used[a]!; u++) {
          const i = places[a * p + u]!;
          target[i]! += e * x[a * p + i]!;
        }
        if (b < a) continue;
        const s = pattern.cross[a * n + b]!.data;
        for (let u = 0; u < used[a]!; u++) {
          const i = places[a * p + u]!;
          const v = x[a * p + i]!;
          for (let w = 0; w < used[b]!; w++) {
            const j = places[b * p + w]!;
            s[i * p + j]! += v * x[b * p + j]!;
          }
        }
      }
  });
  const patterns = [...byKey.values()];
  for (const { visits, cross } of patterns) symmetrise(cross, visits.length, p);
  const parameters = Math.max(0, ...groups.flatMap((g) => g.index.map((k) => k + 1)));
  return { columns: p, observations, subjects, origin, patterns, groups, parameters };
}

function emptyPattern(group: number, visits: readonly number[], p: number): Pattern {
  const n = visits.length;
  return {
    group,
    visits: [...visits],
    size: 0,
    cross: Array.from({ length: n * n }, (_, e) => (e % n < Math.floor(e / n) ? null : zeros(p, p))),
    mixed: Array.from({ length: n * n }, () => new Float64Array(p)),
    squares: new Float64Array(n * n),
  };
}

function symmetrise(cross: (Matrix | null)[], n: number, p: number): void {
  for (let a = 0; a < n; a++)
    for (let b = a + 1; b < n; b++) {
      const s = cross[a * n + b]!.data;
      for (let i = 0; i < p; i++)
        for (let j = 0; j <= i; j++) {
          const both = s[i * p + j]! + s[j * p + i]!;
          s[i * p + j] = both;
          s[j * p + i] = both;
        }
    }
}

/** Adds Σ_ab m_ab·S_ab (m symmetric in effect: (m_ab + m_ba)/2 is used) to a p×p matrix. */
export function addCross(target: Matrix, pattern: Pattern, m: Float64Array): void {
  const n = pattern.visits.length;
  for (let a = 0; a < n; a++)
    for (let b = a; b < n; b++) {
      const weight = (m[a * n + b]! + m[b * n + a]!) / 2;
      if (weight === 0) continue;
      const s = pattern.cross[a * n + b]!.data;
      for (let i = 0; i < s.length; i++) target.data[i]! += weight * s[i]!;
    }
}

/** Adds Σ_ab m_ab·Σᵢ x_ia·e_ib to a vector of length p. */
export function addMixed(target: Float64Array, pattern: Pattern, m: Float64Array): void {
  pattern.mixed.forEach((vector, e) => {
    const weight = m[e]!;
    if (weight !== 0) for (let j = 0; j < target.length; j++) target[j]! += weight * vector[j]!;
  });
}

/**
 * Σᵢ r_ia·r_ib of residuals r = e − Xδ, for δ = β − β₀:
 * Σ e_a·e_b − δᵀΣx_a·e_b − δᵀΣx_b·e_a + δᵀ(Σx_a·x_bᵀ)δ.
 */
export function residualSquares(pattern: Pattern, delta: Float64Array): Float64Array {
  const n = pattern.visits.length;
  const p = delta.length;
  const squares = Float64Array.from(pattern.squares);
  for (let a = 0; a < n; a++)
    for (let b = a; b < n; b++) {
      const s = pattern.cross[a * n + b]!.data;
      let quadratic = 0;
      let linear = 0;
      for (let i = 0; i < p; i++) {
        let inner = 0;
        for (let j = 0; j < p; j++) inner += s[i * p + j]! * delta[j]!;
        quadratic += delta[i]! * inner;
        linear += delta[i]! * (pattern.mixed[a * n + b]![i]! + pattern.mixed[b * n + a]![i]!);
      }
      const value = squares[a * n + b]! - linear + (a === b ? quadratic : quadratic / 2);
      squares[a * n + b] = value;
      squares[b * n + a] = value;
    }
  return squares;
}

/** The rows and columns of some visits. */
export function part(m: Matrix, visits: readonly number[]): Matrix {
  const n = visits.length;
  const s = zeros(n, n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) s.data[i * n + j] = m.data[visits[i]! * m.columns + visits[j]!]!;
  return s;
}
