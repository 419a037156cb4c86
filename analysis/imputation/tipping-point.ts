/** An analysis with so much added to what was imputed; null where it couldn't be done. */
export interface Rung {
  delta: number;
  estimate: number | null;
  p: number | null;
}

/**
 * What becomes of the conclusion at a delta: it `stands`, or `tips` here, or has `tipped` nearer to no delta already.
 */
export type Conclusion = 'stands' | 'tips' | 'tipped';

/**
 * Tipping points of an analysis repeated with growing penalties on imputed values (Cro S, Morris TP, Kenward MG,
 * Carpenter JR. Stat Med 2020;39:2815–2842). The conclusion is the sign of an effect that is significant, or that none
 * is; it is that of the smallest delta in size, from which one goes outwards on either side. The first delta with
 * another conclusion is where it tips.
 *
 * @param ladder in any order
 * @param alpha two-sided level of significance
 * @returns one for each rung, in the order of the ladder; null where the rung or the start has no p-value
 */
export function tippingPoints(ladder: readonly Rung[], alpha = 0.05): (Conclusion | null)[] {
  const outcome = ({ estimate, p }: Rung) =>
    estimate === null || p === null ? null : p <= alpha ? Math.sign(estimate) : 0;
  const outwards = ladder
    .map((_, i) => i)
    .sort((a, b) => Math.abs(ladder[a]!.delta) - Math.abs(ladder[b]!.delta));
  const result = new Array<Conclusion | null>(ladder.length).fill(null);
  const start = ladder[outwards[0]!];
  const held = start === undefined ? null : outcome(start);
  if (held === null) return result;
  const tipped = { below: false, above: false };
  for (const i of outwards) {
    const own = outcome(ladder[i]!);
    if (own === null) continue;
    const side = ladder[i]!.delta < start!.delta ? 'below' : 'above';
    result[i] = own === held ? 'stands' : tipped[side] ? 'tipped' : 'tips';
    tipped[side] ||= own !== held;
  }
  return result;
}
