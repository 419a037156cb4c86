import { createHash } from 'node:crypto';
import type { Piscina } from 'piscina';
import type { ImputedResult, ImputedWork } from '../analyses/imputeStudy.ts';
import { analysisPool } from '../analyses/runs/perform.ts';
import { conflict } from '../errors.ts';
import { brokeOff } from '../threads.ts';
import { VERSION } from '../version.ts';

/** What a thread computes of a study’s data as they are now: under way, or there. */
export interface Imputed {
  done: ImputedResult | null;
  /** What to tell of a thread that failed. */
  broke: string | null;
  /** Settles with either, and is never rejected. */
  ended: Promise<void>;
}

/** Results by the hash of all that they were computed from: they stand until the data change. */
const keptOf = new WeakMap<object, Map<string, Imputed>>();
const KEPT = 40;

/**
 * Begins the work on a thread, or finds it begun or done; the caller doesn’t wait unless it awaits `ended`.
 * @param place where what was computed is kept
 * @throws {Refused} once, where the thread failed at it; whoever asks after that has it begun anew
 */
export function imputed(place: object, work: ImputedWork, pool: () => Piscina = analysisPool): Imputed {
  const key = createHash('sha256')
    .update(JSON.stringify([VERSION, work]))
    .digest('hex');
  const kept = keptOf.get(place) ?? new Map<string, Imputed>();
  keptOf.set(place, kept);
  const known = kept.get(key);
  if (known?.broke) {
    kept.delete(key);
    throw conflict(known.broke);
  }
  if (known) return known;
  const begun: Imputed = {
    done: null,
    broke: null,
    ended: pool()
      .run(work, { name: 'imputeStudy' })
      .then(
        (result) => {
          begun.done = result as ImputedResult;
        },
        (error: Error) => {
          begun.broke = brokeOff(error);
        },
      ),
  };
  kept.set(key, begun);
  if (kept.size > KEPT) kept.delete(kept.keys().next().value!);
  return begun;
}
