import { type Matrix, multiply, zeros } from '../linear/matrix.ts';
import type { Evaluation } from './likelihood.ts';
import { addCross, part, type RepeatedData } from './visit-patterns.ts';

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
  const { columns: p, patterns, groups, parameters: count } = data;
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
