import { generatorFor } from './commitment.ts';
import type { Design } from './design.ts';
import { drawInteger, drawWeighted } from './draw.ts';
import { planOf } from './plan.ts';

/** One envelope of the list for outages. */
export interface Envelope {
  /** From 1; envelopes are used in this order. */
  number: number;
  /** What the site quotes when it opens it, once: ten characters that can't be mistaken for each other. */
  code: string;
  arm: string;
}

/** Digits and capitals without I, L, O and U (Crockford's base 32). */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * The emergency list of an epoch, for when the service can't be reached: arms drawn simply in the design's ratio,
 * each with a one-time code. It comes from the study's seed under the label "emergency", so that it is committed to
 * with everything else and shares no random number with the service. Per envelope: first the arm, then the code.
 * @param count 1 to 10,000
 */
export function emergencyList(design: Design, seed: Uint8Array, epoch: number, count: number): Envelope[] {
  if (!(Number.isInteger(count) && count >= 1 && count <= 10_000)) {
    throw new RangeError('an emergency list has 1 to 10,000 envelopes');
  }
  const weights = planOf(design).ratios.map(BigInt);
  return Array.from({ length: count }, (_, i) => {
    const source = generatorFor(seed, design.study, epoch, i + 1, 'emergency');
    const arm = design.arms[drawWeighted(source, weights)]!.id;
    let drawn = drawInteger(source, 32n ** 10n);
    let code = '';
    for (let place = 0; place < 10; place++) {
      code = alphabet[Number(drawn % 32n)]! + code;
      drawn /= 32n;
    }
    return { number: i + 1, code, arm };
  });
}
