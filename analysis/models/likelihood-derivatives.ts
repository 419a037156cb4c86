import { dot, type Matrix, multiply, traceOfProduct, zeros } from '../linear/matrix.ts';
import type { Evaluation, Method } from './likelihood.ts';
import { addCross, addMixed, part, type RepeatedData } from './visit-patterns.ts';

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
  const { columns: p, patterns, groups, parameters: count } = data;
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
    const { size } = pattern;
    const w = at.weights[number]!;
    const squares = at.squares[number]!;
    // tr(Φ·Σᵢ x_a·x_bᵀ).
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
      addMixed(pulls[place]!, pattern, whole.data);
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
  // Σᵢ XᵀV⁻¹V̇ₖV⁻¹r with r = e − Xδ.
  pulls.forEach((pull, k) => {
    const { data: slope } = slopes[k]!;
    for (let i = 0; i < p; i++) pull[i]! -= dot(slope.subarray(i * p, (i + 1) * p), at.delta);
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
