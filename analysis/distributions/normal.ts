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
  2.2352520354606839287, 161.02823106855587881, 1067.6894854603709582, 18154.981253343561249,
  0.065682337918207449113,
] as const;
const R1_DENOMINATOR = [
  47.20258190468824187, 976.09855173777669322, 10260.932208618978205, 45507.789335026729956,
] as const;
const R2_NUMERATOR = [
  0.39894151208813466764, 8.8831497943883759412, 93.506656132177855979, 597.27027639480026226,
  2494.5375852903726711, 6848.1904505362823326, 11602.651437647350124, 9842.7148383839780218,
  1.0765576773720192317e-8,
] as const;
const R2_DENOMINATOR = [
  22.266688044328115691, 235.38790178262499861, 1519.377599407554805, 6485.558298266760755,
  18615.571640885098091, 34900.952721145977266, 38912.003286093271411, 19685.429676859990727,
] as const;
const R3_NUMERATOR = [
  0.21589853405795699, 0.1274011611602473639, 0.022235277870649807, 0.001421619193227893466,
  2.9112874951168792e-5, 0.02307344176494017303,
] as const;
const R3_DENOMINATOR = [
  1.28426009614491121, 0.468238212480865118, 0.0659881378689285515, 0.00378239633202758244,
  7.29751555083966205e-5,
] as const;

const INVERSE_ROOT_2PI = 0.398942280401432677939946;
const ROOT_32 = 5.656854249492380195206754896838;

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
    3.387132872796366608, 133.14166789178437745, 1971.5909503065514427, 13731.693765509461125,
    45921.953931549871457, 67265.770927008700853, 33430.575583588128105, 2509.0809287301226727,
  ],
  denominator: [
    1, 42.313330701600911252, 687.1870074920579083, 5394.1960214247511077, 21213.794301586595867,
    39307.89580009271061, 28729.085735721942674, 5226.495278852854561,
  ],
};
const MIDDLE = {
  numerator: [
    1.42343711074968357734, 4.6303378461565452959, 5.7694972214606914055, 3.64784832476320460504,
    1.27045825245236838258, 0.24178072517745061177, 0.0227238449892691845833, 7.7454501427834140764e-4,
  ],
  denominator: [
    1, 2.05319162663775882187, 1.6763848301838038494, 0.68976733498510000455, 0.14810397642748007459,
    0.0151986665636164571966, 5.475938084995344946e-4, 1.05075007164441684324e-9,
  ],
};
const FAR = {
  numerator: [
    6.6579046435011037772, 5.4637849111641143699, 1.7848265399172913358, 0.29656057182850489123,
    0.026532189526576123093, 0.0012426609473880784386, 2.71155556874348757815e-5, 2.01033439929228813265e-7,
  ],
  denominator: [
    1, 0.59983220655588793769, 0.13692988092273580531, 0.0148753612908506148525, 7.868691311456132591e-4,
    1.8463183175100546818e-5, 1.4215117583164458887e-7, 2.04426310338993978564e-15,
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
