import type { Design, Factors } from '../design.ts';
import { levelsOf } from '../plan.ts';
import { sequenceOf } from './sequence.ts';
import { seededUniform } from './uniform.ts';

/**
 * Allocates the same participants anew, in their order and with their factors, as often as it is called: the
 * reference set of a re-randomisation test. Each call gives positions in the design's order of arms; the array is
 * used again by the next call.
 *
 * With S of `times` re-randomised statistics at least as extreme as the observed one, p = (S + 1)/(times + 1).
 * @param participants in order of allocation
 * @param seed whole number; the same seed gives the same series
 * @throws RandomisationError for a design with problems, a list, or unknown factor levels
 */
export function rerandomiser(
  design: Design,
  participants: readonly Factors[],
  seed: number,
): () => Uint8Array {
  const sequence = sequenceOf(design);
  const random = seededUniform(seed);
  const levels = participants.map((factors) => Int32Array.from(levelsOf(sequence.plan, factors)));
  const arms = new Uint8Array(participants.length);
  return () => {
    sequence.restart();
    for (let i = 0; i < arms.length; i++) arms[i] = sequence.next(levels[i]!, random);
    return arms;
  };
}
