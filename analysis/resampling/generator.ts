import { normalQuantile } from '../distributions/normal.ts';

/** A source of uniform numbers in [0, 1). Whoever resamples is given one: nothing here reads a clock or the system. */
export type Uniform = () => number;

/**
 * xoshiro128** (Blackman D, Vigna S. ACM Trans Math Softw 2021;47:36): period 2¹²⁸ − 1 on four 32-bit words. For
 * analyses only; allocation to arms has a generator of its own.
 *
 * @param seed any whole number; the state is filled by splitmix32 (a Weyl sequence through MurmurHash3's finaliser),
 *   so near seeds give unrelated streams
 * @returns uniforms of 53 bits, from two words each
 */
export function seededUniform(seed: number): Uniform {
  if (!Number.isInteger(seed)) throw new RangeError(`A seed is a whole number; got ${seed}.`);
  let weyl = (seed ^ Math.trunc(seed / 2 ** 32)) >>> 0;
  const fill = () => {
    weyl = (weyl + 0x9e3779b9) >>> 0;
    let z = weyl;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return (z ^ (z >>> 16)) >>> 0;
  };
  const word = xoshiro128([fill(), fill(), fill(), fill()]);
  return () => {
    const high = word() >>> 5;
    const low = word() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  };
}

/** The words of xoshiro128** from a state that isn't all zero. */
export function xoshiro128(state: readonly [number, number, number, number]): () => number {
  let [a, b, c, d] = state;
  if ((a | b | c | d) === 0) throw new RangeError('The state of the generator is not all zero.');
  const rotate = (x: number, k: number) => (x << k) | (x >>> (32 - k));
  return () => {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0;
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = rotate(d, 11);
    return result;
  };
}

/** A standard normal number, by inversion: one uniform each, monotone in it. */
export function drawNormal(uniform: Uniform): number {
  // The midpoint of the uniform's cell: never 0.
  return normalQuantile(uniform() + 2 ** -54);
}

/** A χ² number with df > 0 degrees of freedom (Marsaglia G, Tsang WW. ACM Trans Math Softw 2000;26:363–372). */
export function drawChiSquare(uniform: Uniform, df: number): number {
  if (!(df > 0)) throw new RangeError('A chi-square number needs positive degrees of freedom.');
  const shape = df / 2;
  if (shape < 1) return drawChiSquare(uniform, df + 2) * (uniform() + 2 ** -54) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const z = drawNormal(uniform);
    const v = (1 + c * z) ** 3;
    if (v <= 0) continue;
    const u = uniform() + 2 ** -54;
    if (Math.log(u) < 0.5 * z * z + d - d * v + d * Math.log(v)) return 2 * d * v;
  }
}

/** A whole number from 0 to count − 1. */
export function drawIndex(uniform: Uniform, count: number): number {
  return Math.floor(uniform() * count);
}
