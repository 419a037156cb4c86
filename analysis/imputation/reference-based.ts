import { cholesky, choleskySolve } from '../linear/cholesky.ts';
import { type Matrix, zeros } from '../linear/matrix.ts';
import type { Design } from '../models/design.ts';
import { type ImputationModel, type RepeatedParticipant, visitMeans } from './repeated-data.ts';

/**
 * The mean course of a participant under their strategy (Carpenter JR, Roger JH, Kenward MG. J Biopharm Stat
 * 2013;23:1352–1371). With own-arm means μ, reference means μʳ and the event first affecting visit e:
 *
 *   MAR    μ at every visit
 *   J2R    μ before e, μʳ from e on
 *   CR     μʳ at every visit
 *   CIR    μ before e, then μ_(e−1) + (μʳ_t − μʳ_(e−1)); μʳ when the event precedes the first visit
 *   LMCF   μ before e, then μ_(e−1); μ when the event precedes the first visit
 *
 * Participants of the reference arm, or without an event, keep μ.
 */
export function strategyMeans(
  design: Design,
  beta: ArrayLike<number>,
  model: ImputationModel,
  participant: RepeatedParticipant,
): Float64Array {
  const own = visitMeans(design, beta, model, participant, participant.arm);
  const { eventAt, strategy } = participant;
  if (strategy === 'MAR' || eventAt === null || participant.arm === model.reference) return own;
  if (strategy === 'LMCF')
    return eventAt === 0 ? own : own.map((m, t) => (t < eventAt ? m : own[eventAt - 1]!));
  const reference = visitMeans(design, beta, model, participant, model.reference);
  if (strategy === 'CR') return reference;
  if (strategy === 'J2R') return own.map((m, t) => (t < eventAt ? m : reference[t]!));
  if (eventAt === 0) return reference;
  return own.map((m, t) => (t < eventAt ? m : own[eventAt - 1]! + reference[t]! - reference[eventAt - 1]!));
}

/** The multivariate normal of the missing given the observed values. */
export interface Conditional {
  missing: number[];
  mean: Float64Array;
  /** Covariance of the missing values. */
  covariance: Matrix;
}

/**
 * E[Y_m | Y_o] = μ_m + Σ_mo·Σ_oo⁻¹(y_o − μ_o) and Cov = Σ_mm − Σ_mo·Σ_oo⁻¹·Σ_om, over visits that are missing.
 * All observed values are conditioned on, those after the event too.
 */
export function conditionalNormal(
  means: ArrayLike<number>,
  sigma: Matrix,
  outcome: readonly (number | null)[],
): Conditional {
  const at = (i: number, j: number) => sigma.data[i * sigma.columns + j]!;
  const visits = outcome.map((_, t) => t);
  const missing = visits.filter((t) => outcome[t] === null);
  const seen = visits.filter((t) => outcome[t] !== null);
  const oo = zeros(seen.length, seen.length);
  seen.forEach((s, i) => {
    seen.forEach((t, j) => {
      oo.data[i * seen.length + j] = at(s, t);
    });
  });
  const factor = cholesky(oo);
  if (!factor) throw new RangeError('The covariance of the visits is not positive definite.');
  const pull = choleskySolve(
    factor,
    seen.map((t) => outcome[t]! - means[t]!),
  );
  const covariance = zeros(missing.length, missing.length);
  const columns = missing.map((m) =>
    choleskySolve(
      factor,
      seen.map((s) => at(s, m)),
    ),
  );
  missing.forEach((m, i) => {
    missing.forEach((n, j) => {
      let value = at(m, n);
      seen.forEach((s, k) => {
        value -= at(m, s) * columns[j]![k]!;
      });
      covariance.data[i * missing.length + j] = value;
    });
  });
  return {
    missing,
    mean: Float64Array.from(missing, (m) => seen.reduce((sum, s, k) => sum + at(m, s) * pull[k]!, means[m]!)),
    covariance,
  };
}
