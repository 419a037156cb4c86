import { createHash } from 'node:crypto';
import type { Piscina } from 'piscina';
import type { ImputedResult, ImputedWork } from '../analyses/imputeStudy.ts';
import { analysisPool } from '../analyses/runs/perform.ts';
import { brokeOff } from '../threads.ts';
import { VERSION } from '../version.ts';

/** What a thread computes of a study’s data as they are now: under way, or there. */
export type Imputed = { done: ImputedResult | null; ended: Promise<ImputedResult> };

/** Results by the hash of all that they were computed from: they stand until the data change. */
const keptOf = new WeakMap<object, Map<string, Imputed>>();
const KEPT = 40;

/**
 * Begins the work on a thread, or finds it begun or done; the caller doesn’t wait unless it awaits `ended`.
 * @param place where what was computed is kept
 */
export function imputed(place: object, work: ImputedWork, pool: () => Piscina = analysisPool): Imputed {
  const key = createHash('sha256')
    .update(JSON.stringify([VERSION, work]))
    .digest('hex');
  const kept = keptOf.get(place) ?? new Map<string, Imputed>();
  keptOf.set(place, kept);
  const known = kept.get(key);
  if (known) return known;
  const begun: Imputed = {
    done: null,
    ended: pool()
      .run(work, { name: 'imputeStudy' })
      .then(
        (result) => result as ImputedResult,
        (error: Error): ImputedResult => ({ reason: brokeOff(error) }),
      )
      .then((result) => {
        begun.done = result;
        return result;
      }),
  };
  kept.set(key, begun);
  if (kept.size > KEPT) kept.delete(kept.keys().next().value!);
  return begun;
}
