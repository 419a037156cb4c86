/** The next 32 random bits, as a whole number from 0 to 2^32 − 1. */
export type Uniform32 = () => number;

/**
 * A fast seeded generator for simulation, never for a real allocation: xoshiro128** (Blackman & Vigna, ACM Trans
 * Math Softw 2021;47:36), its state filled from the seed by SplitMix32's mixing. The same seed gives the same
 * stream everywhere.
 * @param seed any whole number; its lowest 53 bits count
 */
export function seededUniform(seed: number): Uniform32 {
  let mixed = (seed >>> 0) ^ Math.imul(Math.floor(seed / 2 ** 32) >>> 0, 0x9e3779b1);
  const word = () => {
    mixed = (mixed + 0x9e3779b9) | 0;
    let z = mixed;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return z ^ (z >>> 16);
  };
  let a = word();
  let b = word();
  let c = word();
  let d = word() | 1;
  return () => {
    const scrambled = Math.imul(b, 5);
    const result = Math.imul((scrambled << 7) | (scrambled >>> 25), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    return result;
  };
}

/**
 * A whole number from 0 to below − 1, each equally likely, by rejection.
 * @param below 1 to 2^53
 * @throws RangeError otherwise
 */
export function uniformBelow(random: Uniform32, below: number): number {
  if (!(below >= 1 && below <= 2 ** 53)) throw new RangeError('there must be 1 to 2^53 possibilities');
  const wide = below > 2 ** 32;
  const span = wide ? 2 ** 53 : 2 ** 32;
  const limit = span - (span % below);
  for (;;) {
    const value = wide ? (random() >>> 11) * 2 ** 32 + random() : random();
    if (value < limit) return value % below;
  }
}
