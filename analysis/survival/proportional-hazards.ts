import { chiSquareUpper } from '../distributions/gamma.ts';
import { cholesky, choleskySolve } from '../linear/cholesky.ts';
import { dot, zeros } from '../linear/matrix.ts';
import type { ChiSquare } from '../proportions/contingency.ts';
import type { Unavailable } from '../unavailable.ts';
import type { CoxModel } from './cox.ts';
import { riskTable } from './times.ts';

/**
 * Score tests that hazard ratios don't change with time, for each term and for all together: the test of θ = 0 in
 * β + θ·g(t), g(t) one minus Kaplan–Meier just before t (the default of R's `cox.zph` since survival 3.0).
 *
 * With Schoenfeld residuals s and risk-set covariances V at the events: U = Σg·s, information blocks ΣV, Σg·V and Σg²·V,
 *
 *     X² = Uᵀ(Σg²V − Σgv(ΣV)⁻¹ΣgV)⁻¹U
 *
 * Source: Grambsch PM, Therneau TM. Biometrika 1994;81:515–526; Therneau & Grambsch 2000, section 6.2.
 */
export function proportionalHazardsTest(
  model: CoxModel,
): { terms: (ChiSquare & { term: string })[]; all: ChiSquare } | Unavailable {
  const p = model.names.length;
  const before = new Map<number, number>();
  let survival = 1;
  for (const row of riskTable(model.people)) {
    before.set(row.time, survival);
    survival *= 1 - row.events / row.atRisk;
  }
  const u = new Float64Array(p);
  const blocks = [zeros(p, p), zeros(p, p), zeros(p, p)] as const;
  for (const { time, residual, covariance } of model.events) {
    const g = 1 - before.get(time)!;
    for (let a = 0; a < p; a++) {
      u[a]! += g * residual[a]!;
      for (let b = 0; b < p; b++) {
        const v = covariance.data[a * p + b]!;
        blocks[0].data[a * p + b]! += v;
        blocks[1].data[a * p + b]! += g * v;
        blocks[2].data[a * p + b]! += g * g * v;
      }
    }
  }
  const inner = cholesky(blocks[0]);
  if (!inner) return { reason: 'The covariates are collinear.' };
  const whole = zeros(p, p);
  for (let b = 0; b < p; b++) {
    const column = choleskySolve(
      inner,
      Float64Array.from({ length: p }, (_, a) => blocks[1].data[a * p + b]!),
    );
    for (let a = 0; a < p; a++)
      whole.data[a * p + b] =
        blocks[2].data[a * p + b]! - dot(blocks[1].data.subarray(a * p, (a + 1) * p), column);
  }
  const test = (columns: readonly number[]): ChiSquare | Unavailable => {
    const k = columns.length;
    const part = zeros(k, k);
    columns.forEach((i, a) => {
      columns.forEach((j, b) => {
        part.data[a * k + b] = whole.data[i * p + j]!;
      });
    });
    const factor = cholesky(part);
    if (!factor) return { reason: 'All events happened at one time: there is no course to test.' };
    const own = columns.map((i) => u[i]!);
    const statistic = dot(own, choleskySolve(factor, own));
    return { statistic, df: k, p: chiSquareUpper(statistic, k) };
  };
  const all = test(Array.from({ length: p }, (_, j) => j));
  if ('reason' in all) return all;
  const terms: (ChiSquare & { term: string })[] = [];
  for (const { name, columns } of model.terms) {
    const result = test(columns);
    if ('reason' in result) return result;
    terms.push({ ...result, term: name });
  }
  return { terms, all };
}
