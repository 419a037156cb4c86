import { type Matrix, zeros } from '../linear/matrix.ts';
import type { Unavailable } from '../unavailable.ts';

function sampleCovariance(x: ArrayLike<number>, y: ArrayLike<number>): number {
  const n = x.length;
  let mx = 0;
  let my = 0;
  for (let i = 0; i < n; i++) {
    mx += x[i]! / n;
    my += y[i]! / n;
  }
  let sum = 0;
  for (let i = 0; i < n; i++) sum += (x[i]! - mx) * (y[i]! - my);
  return sum / (n - 1);
}

/**
 * Covariance of standardised means θₐ (mean over everybody of the prediction for arm a) when arms are randomised and
 * covariates are a random sample, n⁻¹ times
 *
 *   Vₐₐ = (Var(Y | a) − 2·Cov(Y, πₐ | a) + Var(πₐ))/pₐ + 2·Cov(Y, πₐ | a) − Var(πₐ),
 *   Vₐᵦ = Cov(Y, πᵦ | a) + Cov(Y, πₐ | b) − Cov(πₐ, πᵦ),  pₐ = nₐ/n
 *
 * Source: Ye T, Bannick M, Yi Y, Shao J. Stat Theory Relat Fields 2023;7:159–163; for linear working models Ye T, Shao
 * J, Yi Y, Zhao Q. J Am Stat Assoc 2023;118:2370–2382.
 *
 * @param y outcome
 * @param values arm of each person
 * @param predicted everybody's prediction for each arm
 */
export function yeCovariance(
  y: readonly number[],
  values: readonly string[],
  arms: readonly string[],
  predicted: readonly Float64Array[],
): Matrix | Unavailable {
  const n = y.length;
  const members = arms.map((level) => values.flatMap((v, i) => (v === level ? [i] : [])));
  const small = members.findIndex((m) => m.length < 2);
  if (small >= 0)
    return { reason: `Arm ${arms[small]} has fewer than two people: its variance can't be estimated.` };
  const take = (from: ArrayLike<number>, a: number) => members[a]!.map((i) => from[i]!);
  const k = arms.length;
  const covariance = zeros(k, k);
  for (let a = 0; a < k; a++)
    for (let b = 0; b < k; b++) {
      let value = -sampleCovariance(predicted[a]!, predicted[b]!);
      if (a === b) {
        const outcome = take(y, a);
        const own = take(predicted[a]!, a);
        const together = sampleCovariance(outcome, own);
        const everyone = sampleCovariance(predicted[a]!, predicted[a]!);
        const residual = sampleCovariance(outcome, outcome) - 2 * together + everyone;
        value += (residual * n) / outcome.length + 2 * together;
      } else
        value +=
          sampleCovariance(take(y, a), take(predicted[b]!, a)) +
          sampleCovariance(take(y, b), take(predicted[a]!, b));
      covariance.data[a * k + b] = value / n;
    }
  return covariance;
}
