import type { Unavailable } from '../unavailable.ts';

export interface Rung {
  delta: number;
  estimate: number;
  se: number;
  p: number;
}

export interface TippingPoint {
  ladder: Rung[];
  /** First delta of the ladder at which p passes alpha; null when none does. */
  tips: number | null;
}

/**
 * Tipping-point analysis: the analysis is repeated with growing penalties on imputed values until its conclusion is
 * lost (Cro S, Morris TP, Kenward MG, Carpenter JR. Stat Med 2020;39:2815–2842).
 *
 * @param deltas in the order in which they are to be tried
 * @param analyse the whole analysis at one delta
 */
export function tippingPoint(
  deltas: readonly number[],
  analyse: (delta: number) => { estimate: number; se: number; p: number } | Unavailable,
  alpha = 0.05,
): TippingPoint | Unavailable {
  const ladder: Rung[] = [];
  for (const delta of deltas) {
    const result = analyse(delta);
    if ('reason' in result) return { reason: `At delta ${delta}: ${result.reason}` };
    ladder.push({ delta, estimate: result.estimate, se: result.se, p: result.p });
  }
  return { ladder, tips: ladder.find((rung) => rung.p > alpha)?.delta ?? null };
}
