/** A number with the true minus sign and this many decimals; zero never carries a sign: “−8.2”, “0.0”. */
export function decimal(value: number, decimals = 1): string {
  const text = Math.abs(value).toFixed(decimals);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

/** The same with a plus sign above zero: “+8.2”. */
export function signed(value: number, decimals = 1): string {
  const text = decimal(value, decimals);
  return value > 0 && Number(text) !== 0 ? `+${text}` : text;
}

/** “21/35 (60%)”: a share beside what it's a share of, rounded half up from the counts themselves. */
export function share(numerator: number, denominator: number): string {
  return `${numerator}/${denominator} (${Math.round((100 * numerator) / denominator)}%)`;
}

/** A proportion as a whole percentage: “60%”. */
export function percent(proportion: number): string {
  return `${Math.round(100 * proportion)}%`;
}

/** “95%” of a level of 0.95, “99.9%” of 0.999. */
export function levelText(level: number): string {
  return `${Number((100 * level).toFixed(4))}%`;
}

/** Rounded to this many decimals, as a table shows it. */
export function rounded(value: number | null, decimals = 1): number | null {
  return value === null ? null : Number(value.toFixed(decimals)) + 0;
}

/** “1 participant”, “2 participants”. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`;
}

/** “a, b and c”. */
export function list(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

/** How many decimals tell numbers of this size apart: one for scores in points, more for scales such as 0 to 1. */
export function decimalsFor(values: readonly number[]): number {
  const largest = Math.max(0, ...values.map(Math.abs));
  return largest >= 2 ? 1 : largest >= 0.2 ? 2 : 3;
}

const STEPS = [1, 2, 4, 5];

/**
 * Round marks of an axis that cover a range.
 *
 * @param most how many steps at most, at least 1
 * @param units of a step, times a power of ten
 * @returns ascending; the first is ≤ low and the last ≥ high
 */
export function roundTicks(low: number, high: number, most = 5, units = STEPS): number[] {
  const span = high > low ? high - low : 1;
  for (let power = Math.floor(Math.log10(span / most)); ; power++) {
    for (const unit of units) {
      const step = unit * 10 ** power;
      const first = Math.floor(low / step + 1e-9);
      const last = Math.max(Math.ceil(high / step - 1e-9), first + 1);
      if (last - first <= most) {
        return Array.from({ length: last - first + 1 }, (_, index) =>
          Number(((first + index) * step).toPrecision(12)),
        );
      }
    }
  }
}
