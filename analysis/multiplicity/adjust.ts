export type Adjustment = 'bonferroni' | 'holm' | 'hochberg' | 'hommel' | 'bh' | 'by' | 'sidak';

/**
 * p-values adjusted for multiplicity, in the order given; to be compared with the overall level.
 *
 *   bonferroni  m·p
 *   sidak       1 − (1−p)^m                         Šidák Z. J Am Stat Assoc 1967;62:626–633 (independence)
 *   holm        step-down                           Holm S. Scand J Stat 1979;6:65–70
 *   hochberg    step-up                             Hochberg Y. Biometrika 1988;75:800–802
 *   hommel      closure of Simes' test              Hommel G. Biometrika 1988;75:383–386
 *   bh, by      false discovery rate                Benjamini & Hochberg 1995; Benjamini & Yekutieli 2001
 *
 * @param p in [0, 1]
 * @throws RangeError for a p outside [0, 1]
 */
export function adjustP(p: readonly number[], method: Adjustment): number[] {
  const odd = p.find((v) => !(v >= 0 && v <= 1));
  if (odd !== undefined) throw new RangeError(`A p-value lies between 0 and 1; ${odd} does not.`);
  const m = p.length;
  const one = (v: number) => Math.min(1, v);
  if (method === 'bonferroni') return p.map((v) => one(m * v));
  if (method === 'sidak') return p.map((v) => (v === 1 ? 1 : -Math.expm1(m * Math.log1p(-v))));
  const order = p.map((_, i) => i).sort((a, b) => p[a]! - p[b]!);
  const sorted = order.map((i) => p[i]!);
  const adjusted = method === 'hommel' ? hommel(sorted) : new Array<number>(m);
  if (method === 'holm') {
    let worst = 0;
    for (let i = 0; i < m; i++) {
      worst = Math.max(worst, (m - i) * sorted[i]!);
      adjusted[i] = one(worst);
    }
  } else if (method !== 'hommel') {
    const harmonic = p.reduce((sum, _, i) => sum + 1 / (i + 1), 0);
    const factor = (i: number) =>
      method === 'hochberg' ? m - i : ((method === 'by' ? harmonic : 1) * m) / (i + 1);
    let best = 1;
    for (let i = m - 1; i >= 0; i--) {
      best = Math.min(best, factor(i) * sorted[i]!);
      adjusted[i] = best;
    }
  }
  const result = new Array<number>(m);
  order.forEach((i, rank) => {
    result[i] = adjusted[rank]!;
  });
  return result;
}

/**
 * Hommel's adjustment of sorted p-values by the closure directly: hypothesis i is rejected when Simes' test rejects
 * every intersection that holds it. Among intersections of j hypotheses the largest Simes p is at the j largest
 * p-values, with i put in their first place when it isn't among them (Wright SP. Biometrics 1992;48:1005–1013).
 */
function hommel(sorted: readonly number[]): number[] {
  const m = sorted.length;
  return sorted.map((own, i) => {
    let worst = own;
    for (let j = 2; j <= m; j++) {
      const among = i >= m - j;
      let simes = Infinity;
      for (let k = 1; k <= j; k++) {
        const value = among || k > 1 ? sorted[m - j + k - 1]! : own;
        simes = Math.min(simes, (j * value) / k);
      }
      worst = Math.max(worst, simes);
    }
    return Math.min(1, worst);
  });
}
