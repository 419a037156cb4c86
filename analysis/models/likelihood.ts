import { cholesky, choleskyInverse, choleskySolve, logDeterminant } from '../linear/cholesky.ts';
import { dot, type Matrix, multiply, traceOfProduct, zeros } from '../linear/matrix.ts';
import type { Structure } from './covariance.ts';

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
interface Pattern {
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
function addCross(target: Matrix, pattern: Pattern, m: Float64Array): void {
  const n = pattern.visits.length;
  for (let a = 0; a < n; a++)
    for (let b = a; b < n; b++) {
      const weight = (m[a * n + b]! + m[b * n + a]!) / 2;
      if (weight === 0) continue;
      const s = pattern.cross[a * n + b]!.data;
      for (let i = 0; i < s.length; i++) target.data[i]! += weight * s[i]!;
    }
}

function part(m: Matrix, visits: readonly number[]): Matrix {
  const n = visits.length;
  const s = zeros(n, n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) s.data[i * n + j] = m.data[visits[i]! * m.columns + visits[j]!]!;
  return s;
}

export interface Evaluation {
  theta: Float64Array;
  /** −2 log-likelihood, restricted or not, with all constants. */
  value: number;
  beta: Float64Array;
  /** Φ = (XᵀV⁻¹X)⁻¹. */
  phi: Matrix;
  residuals: Float64Array;
  /** V⁻¹ of each pattern. */
  weights: Matrix[];
}

export type Method = 'REML' | 'ML';

/**
 * −2 log-likelihood at θ with β at its generalised least-squares value:
 *
 *   ML    Σ ln|Vᵢ| + rᵀV⁻¹r + n·ln 2π
 *   REML  … + ln|XᵀV⁻¹X| with (n − p)·ln 2π        (Harville DA. J Am Stat Assoc 1977;72:320–340)
 *
 * @returns null where a Vᵢ or XᵀV⁻¹X isn't positive definite
 */
export function evaluate(data: RepeatedData, theta: Float64Array, method: Method): Evaluation | null {
  const { x, y, patterns, groups } = data;
  const p = x.columns;
  const sigmas = groups.map(({ structure, index }) => structure.matrix(index.map((k) => theta[k]!)));
  const information = zeros(p, p);
  const score = new Float64Array(p);
  const weights: Matrix[] = [];
  let value = 0;
  let count = 0;
  for (const pattern of patterns) {
    const n = pattern.visits.length;
    const factor = cholesky(part(sigmas[pattern.group]!, pattern.visits), 1e-10);
    if (!factor) return null;
    const w = choleskyInverse(factor);
    weights.push(w);
    value += pattern.members.length * logDeterminant(factor);
    count += pattern.members.length * n;
    addCross(information, pattern, w.data);
    for (const rows of pattern.members)
      for (let a = 0; a < n; a++) {
        let wy = 0;
        for (let b = 0; b < n; b++) wy += w.data[a * n + b]! * y[rows[b]!]!;
        const from = rows[a]! * p;
        for (let j = 0; j < p; j++) score[j]! += wy * x.data[from + j]!;
      }
  }
  const factor = cholesky(information);
  if (!factor) return null;
  const beta = choleskySolve(factor, score);
  const residuals = new Float64Array(y.length);
  for (let i = 0; i < y.length; i++) {
    let fitted = 0;
    for (let j = 0; j < p; j++) fitted += x.data[i * p + j]! * beta[j]!;
    residuals[i] = y[i]! - fitted;
  }
  patterns.forEach((pattern, at) => {
    const n = pattern.visits.length;
    const w = weights[at]!.data;
    for (const rows of pattern.members)
      for (let a = 0; a < n; a++)
        for (let b = 0; b < n; b++) value += residuals[rows[a]!]! * w[a * n + b]! * residuals[rows[b]!]!;
  });
  if (method === 'REML') value += logDeterminant(factor);
  value += (count - (method === 'REML' ? p : 0)) * Math.log(2 * Math.PI);
  if (!Number.isFinite(value)) return null;
  return { theta, value, beta, phi: choleskyInverse(factor), residuals, weights };
}

export interface Derivatives {
  /** ∂(−2ℓ)/∂θ. */
  gradient: Float64Array;
  /** ∂²(−2ℓ)/∂θ∂θᵀ: twice the observed information. */
  observed: Matrix;
  /** Its expectation: twice the expected information. */
  expected: Matrix;
  /** XᵀV⁻¹V̇ₖV⁻¹X for each k (−Pₖ of Kenward & Roger). */
  slopes: Matrix[];
}

/**
 * First and second derivatives of −2ℓ in θ. With P = V⁻¹ − V⁻¹XΦXᵀV⁻¹, Py = V⁻¹r, V̇ₖ = ∂V/∂θₖ:
 *
 *   gradient   tr(PV̇ₖ) − yᵀPV̇ₖPy
 *   observed   tr(PV̈ₖₗ) − tr(PV̇ₖPV̇ₗ) + 2yᵀPV̇ₖPV̇ₗPy − yᵀPV̈ₖₗPy
 *   expected   tr(PV̇ₖPV̇ₗ)
 *
 * and for ML the traces with V⁻¹ in place of P (Harville 1977; Lindstrom & Bates, J Am Stat Assoc 1988;83:1014).
 * The traces come apart as
 *
 *   tr(PV̇ₖ)    = tr(V⁻¹V̇ₖ) − tr(ΦXᵀV⁻¹V̇ₖV⁻¹X)
 *   tr(PV̇ₖPV̇ₗ) = tr(V⁻¹V̇ₖV⁻¹V̇ₗ) − 2tr(ΦQₖₗ) + tr(ΦPₖΦPₗ),  Qₖₗ = XᵀV⁻¹V̇ₖV⁻¹V̇ₗV⁻¹X
 */
export function differentiate(data: RepeatedData, at: Evaluation, method: Method): Derivatives {
  const { x, patterns, groups, parameters: count } = data;
  const p = x.columns;
  const reml = method === 'REML';
  const gradient = new Float64Array(count);
  const observed = zeros(count, count);
  const expected = zeros(count, count);
  const slopes = Array.from({ length: count }, () => zeros(p, p));
  const pulls = Array.from({ length: count }, () => new Float64Array(p));
  const firsts = groups.map(({ structure, index }) => structure.first(index.map((k) => at.theta[k]!)));
  patterns.forEach((pattern, number) => {
    const { structure, index } = groups[pattern.group]!;
    const n = pattern.visits.length;
    const size = pattern.members.length;
    const w = at.weights[number]!;
    // Σᵢ r_a·r_b, Σᵢ x_a·r_b and tr(Φ·Σᵢ x_a·x_bᵀ).
    const squares = new Float64Array(n * n);
    const mixed = Array.from({ length: n * n }, () => new Float64Array(p));
    for (const rows of pattern.members)
      for (let a = 0; a < n; a++) {
        const from = rows[a]! * p;
        for (let b = 0; b < n; b++) {
          const r = at.residuals[rows[b]!]!;
          squares[a * n + b]! += at.residuals[rows[a]!]! * r;
          const target = mixed[a * n + b]!;
          for (let j = 0; j < p; j++) target[j]! += r * x.data[from + j]!;
        }
      }
    const spread = new Float64Array(n * n);
    for (let a = 0; a < n; a++)
      for (let b = a; b < n; b++) {
        const t = dot(at.phi.data, pattern.cross[a * n + b]!.data) / (a === b ? 1 : 2);
        spread[a * n + b] = t;
        spread[b * n + a] = t;
      }
    const dots = firsts[pattern.group]!.map((m) => part(m, pattern.visits));
    const halves = dots.map((v) => multiply(w, v));
    const wholes = halves.map((h) => multiply(h, w));
    wholes.forEach((whole, k) => {
      const place = index[k]!;
      let trace = 0;
      for (let a = 0; a < n; a++) trace += halves[k]!.data[a * n + a]!;
      gradient[place]! += size * trace - dot(whole.data, squares);
      if (reml) gradient[place]! -= dot(whole.data, spread);
      addCross(slopes[place]!, pattern, whole.data);
      const pull = pulls[place]!;
      for (let e = 0; e < n * n; e++) {
        const weight = whole.data[e]!;
        if (weight === 0) continue;
        for (let j = 0; j < p; j++) pull[j]! += weight * mixed[e]![j]!;
      }
    });
    for (let k = 0; k < dots.length; k++)
      for (let l = 0; l <= k; l++) {
        const product = multiply(halves[k]!, wholes[l]!);
        const trace = traceOfProduct(halves[k]!, halves[l]!);
        const fixed = reml ? dot(product.data, spread) : 0;
        const quadratic = dot(product.data, squares);
        const e = size * trace - 2 * fixed;
        let o = -e + 2 * quadratic;
        const second = structure.second(
          index.map((i) => at.theta[i]!),
          k,
          l,
        );
        if (second) {
          const half = multiply(w, part(second, pattern.visits));
          const whole = multiply(half, w);
          for (let a = 0; a < n; a++) o += size * half.data[a * n + a]!;
          o -= dot(whole.data, squares);
          if (reml) o -= dot(whole.data, spread);
        }
        const i = index[k]!;
        const j = index[l]!;
        expected.data[i * count + j]! += e;
        observed.data[i * count + j]! += o;
        if (k !== l) {
          expected.data[j * count + i]! += e;
          observed.data[j * count + i]! += o;
        }
      }
  });
  const scaled = slopes.map((s) => multiply(at.phi, s));
  for (let k = 0; k < count; k++)
    for (let l = 0; l < count; l++) {
      const both = reml ? traceOfProduct(scaled[k]!, scaled[l]!) : 0;
      expected.data[k * count + l]! += both;
      let inner = 0;
      for (let i = 0; i < p; i++)
        inner += pulls[k]![i]! * dot(at.phi.data.subarray(i * p, (i + 1) * p), pulls[l]!);
      observed.data[k * count + l]! -= both + 2 * inner;
    }
  return { gradient, observed, expected, slopes };
}

/**
 * Λ = Σₖₗ Wₖₗ(Qₖₗ − PₖΦPₗ − ¼Rₖₗ), Rₖₗ = XᵀV⁻¹V̈ₖₗV⁻¹X, the middle of Kenward and Roger's adjusted covariance.
 * The sums over k and l are done on the n×n matrices of each pattern, so that no p×p matrix is formed for a pair.
 */
export function adjustmentMiddle(
  data: RepeatedData,
  at: Evaluation,
  slopes: readonly Matrix[],
  w: Matrix,
  withSecond: boolean,
): Matrix {
  const { x, patterns, groups, parameters: count } = data;
  const p = x.columns;
  const middle = zeros(p, p);
  patterns.forEach((pattern, number) => {
    const { structure, index } = groups[pattern.group]!;
    const n = pattern.visits.length;
    const own = index.map((k) => at.theta[k]!);
    const inverse = at.weights[number]!;
    const halves = structure.first(own).map((m) => multiply(inverse, part(m, pattern.visits)));
    const wholes = halves.map((h) => multiply(h, inverse));
    const sum = new Float64Array(n * n);
    halves.forEach((half, k) => {
      // Σₗ Wₖₗ·V⁻¹V̇ₗV⁻¹ first, then one product for each k.
      const inner = zeros(n, n);
      wholes.forEach((whole, l) => {
        const weight = w.data[index[k]! * count + index[l]!]!;
        for (let e = 0; e < n * n; e++) inner.data[e]! += weight * whole.data[e]!;
        const second = withSecond ? structure.second(own, k, l) : null;
        if (second) {
          const r = multiply(multiply(inverse, part(second, pattern.visits)), inverse);
          for (let e = 0; e < n * n; e++) sum[e]! -= (weight / 4) * r.data[e]!;
        }
      });
      const product = multiply(half, inner);
      for (let e = 0; e < n * n; e++) sum[e]! += product.data[e]!;
    });
    addCross(middle, pattern, sum);
  });
  for (let k = 0; k < count; k++) {
    const inner = zeros(p, p);
    for (let l = 0; l < count; l++) {
      const weight = w.data[k * count + l]!;
      for (let e = 0; e < p * p; e++) inner.data[e]! += weight * slopes[l]!.data[e]!;
    }
    const product = multiply(multiply(slopes[k]!, at.phi), inner);
    for (let e = 0; e < p * p; e++) middle.data[e]! -= product.data[e]!;
  }
  return middle;
}
