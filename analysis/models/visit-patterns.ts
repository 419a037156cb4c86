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
 * Subjects of one group with the same observed visits. All that the likelihood needs of their X are the sums
 * S_ab = Σᵢ(x_ia·x_ibᵀ + x_ib·x_iaᵀ) (once for a = b), so its cost doesn't grow with the number of subjects beyond
 * the residuals.
 */
export interface Pattern {
  group: number;
  visits: number[];
  members: number[][];
  /** S_ab for a ≤ b, at a·n + b. */
  cross: (Matrix | null)[];
}

export interface RepeatedData {
  x: Matrix;
  y: Float64Array;
  patterns: Pattern[];
  groups: GroupCovariance[];
  /** Number of covariance parameters. */
  parameters: number;
}

export function compile(
  x: Matrix,
  y: ArrayLike<number>,
  subjects: readonly Subject[],
  groups: GroupCovariance[],
): RepeatedData {
  const p = x.columns;
  const byKey = new Map<string, Pattern>();
  for (const subject of subjects) {
    const order = subject.visits.map((_, i) => i).sort((a, b) => subject.visits[a]! - subject.visits[b]!);
    const visits = order.map((i) => subject.visits[i]!);
    const key = `${subject.group}:${visits.join()}`;
    let pattern = byKey.get(key);
    if (!pattern) {
      pattern = { group: subject.group, visits, members: [], cross: [] };
      byKey.set(key, pattern);
    }
    pattern.members.push(order.map((i) => subject.rows[i]!));
  }
  const patterns = [...byKey.values()];
  for (const pattern of patterns) {
    const n = pattern.visits.length;
    pattern.cross = new Array<Matrix | null>(n * n).fill(null);
    for (let a = 0; a < n; a++)
      for (let b = a; b < n; b++) {
        const s = zeros(p, p);
        for (const rows of pattern.members) {
          const from = rows[a]! * p;
          const to = rows[b]! * p;
          for (let i = 0; i < p; i++) {
            const v = x.data[from + i]!;
            if (v === 0) continue;
            for (let j = 0; j < p; j++) s.data[i * p + j]! += v * x.data[to + j]!;
          }
        }
        if (a !== b)
          for (let i = 0; i < p; i++)
            for (let j = 0; j <= i; j++) {
              const both = s.data[i * p + j]! + s.data[j * p + i]!;
              s.data[i * p + j] = both;
              s.data[j * p + i] = both;
            }
        pattern.cross[a * n + b] = s;
      }
  }
  const parameters = Math.max(0, ...groups.flatMap((g) => g.index.map((k) => k + 1)));
  return { x, y: Float64Array.from(y), patterns, groups, parameters };
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

/** The rows and columns of some visits. */
export function part(m: Matrix, visits: readonly number[]): Matrix {
  const n = visits.length;
  const s = zeros(n, n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) s.data[i * n + j] = m.data[visits[i]! * m.columns + visits[j]!]!;
  return s;
}
