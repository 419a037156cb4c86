/**
 * Gamma-function parts in the form of C. Loader, "Fast and Accurate Computation of Binomial Probabilities" (2000):
 * probabilities are written as a saddle point times exp(small corrections), so nothing large cancels.
 */
const HALF_LOG_2PI = 0.9189385332046728;

/**
 * δ(x) = ln Γ(x+1) − (x+½)·ln x + x − ½·ln 2π, the error of Stirling's formula, for x > 0.
 * From x = 16 by the asymptotic series 1/(12x) − 1/(360x³) + …, below it by δ(x) = δ(x+1) + (x+½)·ln(1+1/x) − 1.
 */
export function stirlingError(x: number): number {
  let shift = 0;
  let at = x;
  while (at < 16) {
    shift += (at + 0.5) * Math.log1p(1 / at) - 1;
    at += 1;
  }
  const s = 1 / (at * at);
  const series =
    (1 / 12 -
      s * (1 / 360 - s * (1 / 1260 - s * (1 / 1680 - s * (1 / 1188 - s * (691 / 360360 - s / 156)))))) /
    at;
  return shift + series;
}

/**
 * Deviance part D(x, m) = x·ln(x/m) + m − x ≥ 0, without cancellation when x ≈ m
 * (with v = (x−m)/(x+m): ln(x/m) = 2(v + v³/3 + v⁵/5 + …)).
 */
export function devianceTerm(x: number, m: number): number {
  if (x === 0) return m;
  const difference = x - m;
  if (Math.abs(difference) < 0.1 * (x + m)) {
    const v = difference / (x + m);
    let sum = difference * v;
    let power = 2 * x * v;
    for (let j = 3; j < 2000; j += 2) {
      power *= v * v;
      const next = sum + power / j;
      if (next === sum) return next;
      sum = next;
    }
    return sum;
  }
  return x * Math.log(x / m) + m - x;
}

/** ln Γ(x) for x > 0. */
export function logGamma(x: number): number {
  if (!(x > 0)) throw new RangeError('ln Γ needs a positive number.');
  if (x < 16) {
    // ln Γ(x) = ln Γ(x+n) − ln x(x+1)…(x+n−1)
    let product = 1;
    let at = x;
    while (at < 16) {
      product *= at;
      at += 1;
    }
    return logGamma(at) - Math.log(product);
  }
  return (x - 0.5) * Math.log(x) - x + HALF_LOG_2PI + stirlingError(x);
}

/**
 * xᵃyᵇ/B(a, b) for shapes a, b > 0 and x + y = 1, by the saddle point
 *
 *   √(ab/(2π(a+b)))·exp(δ(a+b) − δ(a) − δ(b) − D(a, nx) − D(b, ny)),  n = a + b
 */
export function betaPower(a: number, b: number, x: number, y: number): number {
  if (x <= 0 || y <= 0) return 0;
  const n = a + b;
  const exponent =
    stirlingError(n) - stirlingError(a) - stirlingError(b) - devianceTerm(a, n * x) - devianceTerm(b, n * y);
  return Math.sqrt((a / n) * (b / (2 * Math.PI))) * Math.exp(exponent);
}

/** xᵃe⁻ˣ/Γ(a) for a > 0, x > 0, by the saddle point √(a/2π)·exp(−δ(a) − D(a, x)). */
export function gammaPower(a: number, x: number): number {
  if (x <= 0) return 0;
  return Math.sqrt(a / (2 * Math.PI)) * Math.exp(-stirlingError(a) - devianceTerm(a, x));
}
