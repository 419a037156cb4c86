/** Where chance comes from: an `HmacDrbg`, or a recorded or seeded stream. */
export interface RandomSource {
  /** The next `length` random bytes. */
  generate(length: number): Uint8Array;
}

/**
 * A whole number from 0 to below − 1, each exactly equally likely, by rejection.
 *
 * Let b be the bit length of below − 1. Each attempt takes ⌈b/8⌉ bytes as a big-endian number, keeps its lowest b
 * bits, and is accepted if the number is under `below`; more than half of the attempts are. Nothing is rounded, and
 * no remainder is taken, so there is no modulo bias. For below = 1 no byte is taken.
 * @throws RangeError unless below ≥ 1
 */
export function drawInteger(source: RandomSource, below: bigint): bigint {
  if (below < 1n) throw new RangeError('the number of possibilities must be at least 1');
  const bits = below === 1n ? 0 : (below - 1n).toString(2).length;
  const bytes = Math.ceil(bits / 8);
  const mask = (1n << BigInt(bits)) - 1n;
  for (;;) {
    let value = 0n;
    if (bits > 0) for (const byte of source.generate(bytes)) value = (value << 8n) | BigInt(byte);
    value &= mask;
    if (value < below) return value;
  }
}

/**
 * A position drawn in proportion to whole-number weights: with u = drawInteger(sum of the weights), the first
 * position whose running sum is greater than u.
 * @param weights none negative, not all 0
 */
export function drawWeighted(source: RandomSource, weights: readonly bigint[]): number {
  let sum = 0n;
  for (const weight of weights) sum += weight;
  const drawn = drawInteger(source, sum);
  let running = 0n;
  for (let i = 0; i < weights.length; i++) {
    running += weights[i]!;
    if (drawn < running) return i;
  }
  throw new RangeError('weights must not be negative');
}
