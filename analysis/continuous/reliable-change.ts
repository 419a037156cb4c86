import type { Unavailable } from '../unavailable.ts';

export interface ChangeNorms {
  /** Standard deviation before treatment and reliability of the scale, 0 ≤ reliability < 1. */
  sd: number;
  reliability: number;
  clinical: { mean: number; sd: number };
  /** The functional population; without it there is no cut-off b or c. */
  functional?: { mean: number; sd: number };
}

export type ChangeClass = 'recovered' | 'improved' | 'unchanged' | 'deteriorated';

export interface ReliableChange {
  /** Standard error of measurement sd·√(1−reliability) and of a difference, √2 times it. */
  sem: number;
  differenceSe: number;
  /** Least change that is reliable: 1.96·differenceSe. */
  least: number;
  cutoffs: { a: number; b: number | null; c: number | null };
}

/** z beyond which a change is reliable (Jacobson & Truax 1991). */
const RELIABLE = 1.96;

/**
 * Reliable change index and the cut-offs of clinically significant change (Jacobson NS, Truax P. J Consult Clin
 * Psychol 1991;59:12–19; S_diff as Christensen & Mendoza 1986):
 *
 *   a  two standard deviations from the clinical mean, in the direction of function
 *   b  within two standard deviations of the functional mean
 *   c  where both populations are equally likely: (s₀M₁ + s₁M₀)/(s₀ + s₁)
 */
export function reliableChange(norms: ChangeNorms, better: 'lower' | 'higher'): ReliableChange | Unavailable {
  const { sd, reliability, clinical, functional } = norms;
  if (!(reliability >= 0 && reliability < 1) || !(sd > 0))
    return { reason: 'A reliability from 0 to below 1 and a positive standard deviation are needed.' };
  const direction = better === 'lower' ? -1 : 1;
  const sem = sd * Math.sqrt(1 - reliability);
  const differenceSe = Math.sqrt(2) * sem;
  return {
    sem,
    differenceSe,
    least: RELIABLE * differenceSe,
    cutoffs: {
      a: clinical.mean + direction * 2 * clinical.sd,
      b: functional ? functional.mean - direction * 2 * functional.sd : null,
      c: functional
        ? (functional.sd * clinical.mean + clinical.sd * functional.mean) / (functional.sd + clinical.sd)
        : null,
    },
  };
}

/** RCI = (after − before)/S_diff, and its class: recovered is reliably improved and past the cut-off. */
export function classifyChange(
  before: number,
  after: number,
  change: ReliableChange,
  cutoff: number,
  better: 'lower' | 'higher',
): { index: number; change: ChangeClass } {
  if (!Number.isFinite(before) || !Number.isFinite(after)) throw new RangeError('Scores are finite numbers.');
  const index = (after - before) / change.differenceSe;
  const gain = better === 'lower' ? -index : index;
  const past = better === 'lower' ? after <= cutoff : after >= cutoff;
  if (gain > RELIABLE) return { index, change: past ? 'recovered' : 'improved' };
  return { index, change: gain < -RELIABLE ? 'deteriorated' : 'unchanged' };
}
