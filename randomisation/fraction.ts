/** An exact fraction in lowest terms; the denominator is positive. */
export interface Fraction {
  numerator: bigint;
  denominator: bigint;
}

/** Greatest common divisor of |a| and |b| (Euclid); gcd(0, 0) = 0. */
export function gcd(a: bigint, b: bigint): bigint {
  let x = a < 0n ? -a : a;
  let y = b < 0n ? -b : b;
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

/** Least common multiple of positive whole numbers; 1 for none. */
export function lcm(values: Iterable<bigint>): bigint {
  let result = 1n;
  for (const value of values) result = (result / gcd(result, value)) * value;
  return result;
}

/** numerator / denominator in lowest terms. @throws RangeError when the denominator is 0. */
export function fraction(numerator: bigint, denominator: bigint): Fraction {
  if (denominator === 0n) throw new RangeError('a fraction can’t have the denominator 0');
  const divisor = gcd(numerator, denominator) * (denominator < 0n ? -1n : 1n);
  return { numerator: numerator / divisor, denominator: denominator / divisor };
}

/**
 * Reads "4/5", "3", "0.8" or a number exactly. A number is taken as its shortest decimal writing: 0.1 is 1/10, not
 * the double nearest to it.
 * @returns undefined when the text isn't one of these, or is negative
 */
export function parseFraction(text: string | number): Fraction | undefined {
  const match = /^(\d+)(?:\/(\d+)|\.(\d+))?$/.exec(String(text));
  if (!match) return undefined;
  const [, whole, below, decimals] = match;
  if (below !== undefined) return BigInt(below) === 0n ? undefined : fraction(BigInt(whole!), BigInt(below));
  if (decimals === undefined) return fraction(BigInt(whole!), 1n);
  return fraction(BigInt(whole! + decimals), 10n ** BigInt(decimals.length));
}

/** Writes a fraction as "a/b" in lowest terms, whole numbers with the denominator 1: "0/1". */
export function formatFraction({ numerator, denominator }: Fraction): string {
  return `${numerator}/${denominator}`;
}

/** `numerator/denominator` in lowest terms as text; the same as above for numbers that are exact in a double. */
export function formatRatio(numerator: number, denominator: number): string {
  let x = numerator;
  let y = denominator;
  while (y !== 0) [x, y] = [y, x % y];
  return `${numerator / x}/${denominator / x}`;
}

/** −1, 0 or 1 as a is less than, equal to or greater than b. */
export function compareFractions(a: Fraction, b: Fraction): -1 | 0 | 1 {
  const difference = a.numerator * b.denominator - b.numerator * a.denominator;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** Exact sum. */
export function addFractions(a: Fraction, b: Fraction): Fraction {
  return fraction(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);
}

/** Exact product. */
export function multiplyFractions(a: Fraction, b: Fraction): Fraction {
  return fraction(a.numerator * b.numerator, a.denominator * b.denominator);
}

/** The smallest whole numbers in the proportion of the fractions (none negative, not all 0). */
export function integerWeights(fractions: readonly Fraction[]): bigint[] {
  const common = lcm(fractions.map((f) => f.denominator));
  const scaled = fractions.map((f) => f.numerator * (common / f.denominator));
  const divisor = scaled.reduce(gcd, 0n);
  return scaled.map((value) => value / divisor);
}

/** The least and the greatest of some whole numbers, at least one. */
export function extremes(values: readonly bigint[]): [least: bigint, greatest: bigint] {
  let [least = 0n] = values;
  let greatest = least;
  for (const value of values) {
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  return [least, greatest];
}
