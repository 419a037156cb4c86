import { normalQuantile, normalUpper } from '../distributions/normal.ts';
import { upperProbability } from '../interval.ts';
import type { Unavailable } from '../unavailable.ts';
import { conditionalNormal, strategyMeans } from './reference-based.ts';
import { fitImputationModel, type ImputationModel, type RepeatedParticipant } from './repeated-data.ts';

/** Added to the imputed value of a participant at a visit (from 0); 0 where nothing is to be added. */
export type Delta = (participant: RepeatedParticipant, visit: number) => number;

/** Estimates from a complete outcome, one for each quantity; null where the analysis can't be done. */
export type CompleteAnalysis = (
  participants: readonly RepeatedParticipant[],
  /** Completed outcome of each participant at each visit. */
  completed: readonly Float64Array[],
) => readonly number[] | null;

/** Everybody's outcome with missing values at their conditional mean under the strategies, plus delta. */
export function imputeConditionalMeans(
  model: ImputationModel,
  participants: readonly RepeatedParticipant[],
  delta?: Delta,
): Float64Array[] | Unavailable {
  const fit = fitImputationModel(model, participants);
  if (!fit.converged) return { reason: fit.reason };
  return participants.map((participant) => {
    const completed = Float64Array.from(participant.outcome, (v) => v ?? 0);
    if (participant.outcome.every((v) => v !== null)) return completed;
    const means = strategyMeans(fit.design, fit.coefficients, model, participant);
    const { missing, mean } = conditionalNormal(means, fit.sigmas[0]!, participant.outcome);
    missing.forEach((t, i) => {
      completed[t] = mean[i]! + (delta?.(participant, t) ?? 0);
    });
    return completed;
  });
}

export interface JackknifeEstimate {
  estimate: number;
  se: number;
  lower: number;
  upper: number;
  p: number;
}

/**
 * Conditional-mean imputation with jackknife standard errors (Wolbers M, Noci A, Delmar P, Gower-Page C, Yiu S,
 * Bartlett JW. Pharm Stat 2022;21:1246–1257; R's `rbmi::method_condmean(type = "jackknife")`): deterministic, and for
 * reference-based strategies its standard errors estimate the frequentist variance (Bayesian imputation with Rubin's
 * rules gives larger, "information-anchored" ones; Cro et al. 2020).
 *
 *   SE² = (n−1)/n·Σ(θ₍₋ᵢ₎ − mean θ₍₋₎)²,  normal interval and p
 *
 * The imputation model is refitted without each participant in turn.
 *
 * @param analysis the complete-data analysis, such as an ANCOVA of the last visit
 */
export function conditionalMeanAnalysis(
  model: ImputationModel,
  participants: readonly RepeatedParticipant[],
  analysis: CompleteAnalysis,
  { delta, level = 0.95 }: { delta?: Delta; level?: number } = {},
): JackknifeEstimate[] | Unavailable {
  const once = (kept: readonly RepeatedParticipant[]): readonly number[] | Unavailable => {
    const completed = imputeConditionalMeans(model, kept, delta);
    if ('reason' in completed) return completed;
    return analysis(kept, completed) ?? { reason: 'The analysis of the completed data could not be done.' };
  };
  const whole = once(participants);
  if ('reason' in whole) return whole;
  const n = participants.length;
  const left: (readonly number[])[] = [];
  for (let i = 0; i < n; i++) {
    const without = once(participants.filter((_, k) => k !== i));
    if ('reason' in without)
      return { reason: `Without participant ${participants[i]!.id}: ${without.reason}` };
    left.push(without);
  }
  const z = normalQuantile(upperProbability(level));
  return whole.map((estimate, q) => {
    const mean = left.reduce((sum, v) => sum + v[q]! / n, 0);
    const se = Math.sqrt(((n - 1) / n) * left.reduce((sum, v) => sum + (v[q]! - mean) ** 2, 0));
    return {
      estimate,
      se,
      lower: estimate - z * se,
      upper: estimate + z * se,
      p: se > 0 ? 2 * normalUpper(Math.abs(estimate) / se) : 1,
    };
  });
}
