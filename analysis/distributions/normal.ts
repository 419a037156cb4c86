/**
 * The standard normal distribution, Z ~ N(0, 1).
 *
 * Φ is computed with W. J. Cody's minimax rational approximations (Math. Comp. 1969, 23:631–637), in three ranges:
 *
 *   |x| ≤ 0.67448975       Φ(x) = ½ + x·R₁(x²)
 *   0.67448975 < |x| ≤ √32  1 − Φ(|x|) = e^(−x²/2)·R₂(|x|)
 *   |x| > √32              1 − Φ(|x|) = e^(−x²/2)/|x|·(1/√(2π) − R₃(1/x²)/x²)
 *
 * e^(−x²/2) is formed as e^(−s²/2)·e^(−(x−s)(x+s)/2) with s = x rounded to sixteenths: s² is exact in binary, so
 * the rounding error of x² (which would be magnified by x²/2 in the tail) does not reach the result. Each tail is
 * computed on its own, never as one minus the other, and keeps a relative error below 1e-14 down to 1e-307.
 */
const R1_NUMERATOR = [
  2.2352520354606837, 161.02823106855587, 1067.6894854603709, 18154.98125334356, 0.06568233791820745,
] as const;
const R1_DENOMINATOR = [
  47.202581904688245, 976.0985517377767, 10260.932208618979, 45507.78933502673,
] as const;
const R2_NUMERATOR = [
  0.39894151208813466, 8.883149794388377, 93.50665613217785, 597.2702763948002, 2494.5375852903726,
  6848.190450536283, 11602.65143764735, 9842.714838383978, 1.0765576773720192e-8,
] as const;
const R2_DENOMINATOR = [
  22.266688044328117, 235.387901782625, 1519.3775994075547, 6485.558298266761, 18615.571640885097,
  34900.95272114598, 38912.00328609327, 19685.429676859992,
] as const;
const R3_NUMERATOR = [
  0.215898534057957, 0.12740116116024736, 0.022235277870649807, 0.0014216191932278934,
  0.000029112874951168793, 0.023073441764940174,
] as const;
const R3_DENOMINATOR = [
  1.284260096144911, 0.4682382124808651, 0.06598813786892856, 0.0037823963320275824, 0.00007297515550839662,
] as const;

const INVERSE_ROOT_2PI = 0.3989422804014327;
const ROOT_32 = 5.656854249492381;

/** Centre range: Φ(x) − ½, odd in x. */
function central(x: number): number {
  const square = Math.abs(x) > 1e-16 ? x * x : 0;
  let numerator = R1_NUMERATOR[4] * square;
  let denominator = square;
  for (let i = 0; i < 3; i++) {
    numerator = (numerator + R1_NUMERATOR[i]!) * square;
    denominator = (denominator + R1_DENOMINATOR[i]!) * square;
  }
  return (x * (numerator + R1_NUMERATOR[3])) / (denominator + R1_DENOMINATOR[3]);
}

/** P(Z > x) for x > 0.67448975. */
function tail(x: number): number {
  let ratio: number;
  if (x <= ROOT_32) {
    let numerator = R2_NUMERATOR[8] * x;
    let denominator = x;
    for (let i = 0; i < 7; i++) {
      numerator = (numerator + R2_NUMERATOR[i]!) * x;
      denominator = (denominator + R2_DENOMINATOR[i]!) * x;
    }
    ratio = (numerator + R2_NUMERATOR[7]) / (denominator + R2_DENOMINATOR[7]);
  } else {
    const inverse = 1 / (x * x);
    let numerator = R3_NUMERATOR[5] * inverse;
    let denominator = inverse;
    for (let i = 0; i < 4; i++) {
      numerator = (numerator + R3_NUMERATOR[i]!) * inverse;
      denominator = (denominator + R3_DENOMINATOR[i]!) * inverse;
    }
    const correction = (inverse * (numerator + R3_NUMERATOR[4])) / (denominator + R3_DENOMINATOR[4]);
    ratio = (INVERSE_ROOT_2PI - correction) / x;
  }
  const sixteenths = Math.trunc(x * 16) / 16;
  const rest = (x - sixteenths) * (x + sixteenths);
  return Math.exp(-sixteenths * sixteenths * 0.5) * Math.exp(-rest * 0.5) * ratio;
}

/** Density φ(x) = e^(−x²/2)/√(2π). */
export function normalDensity(x: number): number {
  return INVERSE_ROOT_2PI * Math.exp(-0.5 * x * x);
}

/** Φ(x) = P(Z ≤ x). Any real x, ±Infinity included. */
export function normalCdf(x: number): number {
  return normalUpper(-x);
}

/** P(Z > x), computed on its own so that it keeps its relative accuracy where Φ(x) is near 1. */
export function normalUpper(x: number): number {
  if (Number.isNaN(x)) throw new RangeError('The normal distribution needs a number, not NaN.');
  if (Math.abs(x) <= 0.67448975) return 0.5 - central(x);
  if (x > 39) return 0;
  if (x < -39) return 1;
  return x > 0 ? tail(x) : 1 - tail(-x);
}

const NEAR = {
  numerator: [
    3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987,
    67265.7709270087, 33430.57558358813, 2509.0809287301227,
  ],
  denominator: [
    1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271,
    28729.085735721943, 5226.495278852854,
  ],
};
const MIDDLE = {
  numerator: [
    1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684,
    0.2417807251774506, 0.022723844989269184, 0.0007745450142783414,
  ],
  denominator: [
    1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
    0.0005475938084995345, 1.0507500716444169e-9,
  ],
};
const FAR = {
  numerator: [
    6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124,
    0.0012426609473880784, 0.000027115555687434876, 2.0103343992922881e-7,
  ],
  denominator: [
    1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133,
    0.000018463183175100548, 1.421511758316446e-7, 2.0442631033899397e-15,
  ],
};

function rational({ numerator, denominator }: typeof NEAR, x: number): number {
  let top = 0;
  let bottom = 0;
  for (let i = 7; i >= 0; i--) {
    top = top * x + numerator[i]!;
    bottom = bottom * x + denominator[i]!;
  }
  return top / bottom;
}

/**
 * The x with Φ(x) = p, by M. J. Wichura's algorithm AS 241 (PPND16; Appl. Statist. 1988, 37:477–484): relative
 * error about 1e-16. For an upper quantile of a tiny p use −normalQuantile(p), not normalQuantile(1 − p).
 *
 * @param p 0 ≤ p ≤ 1; 0 and 1 give ∓Infinity
 * @throws RangeError outside [0, 1]
 */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`A probability lies between 0 and 1; ${p} does not.`);
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) return q * rational(NEAR, 0.180625 - q * q);
  const smaller = q < 0 ? p : 1 - p;
  if (smaller === 0) return q < 0 ? -Infinity : Infinity;
  const r = Math.sqrt(-Math.log(smaller));
  const x = r <= 5 ? rational(MIDDLE, r - 1.6) : rational(FAR, r - 5);
  return q < 0 ? -x : x;
}
