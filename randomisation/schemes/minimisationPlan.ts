import type { Design, Distance, Scheme } from '../design.ts';
import {
  extremes,
  type Fraction,
  formatFraction,
  fraction,
  integerWeights,
  lcm,
  parseFraction,
} from '../fraction.ts';

/** Minimisation with all fractions scaled to whole numbers. */
export interface MinimisationPlan {
  distance: Distance;
  overall: boolean;
  /** Ratio of each column. */
  ratios: number[];
  /** L, the least common multiple of the ratios, over r_j: counts × share are in units of 1/L. */
  shares: number[];
  /** L. */
  scale: number;
  /** Weight of each factor, then of the overall balance if it counts, in units of 1/weightScale. */
  weights: number[];
  weightScale: number;
  /** Sum of `weights`. */
  weightSum: number;
  /** What scaled ranges or variances are in units of: 1/unit. */
  unit: number;
  /** The largest number of participants for which all sums below are exact in a double; beyond it, BigInt. */
  exactUpTo: number;
  /** Probabilities for a set of preferred columns (bit j set: column j is preferred), made when first needed. */
  coins: Map<number, Coin>;
  /** p, the probability of the preferred column, or of the column with the smallest ratio. */
  probability: Fraction;
}

export interface Coin {
  weights: bigint[];
  probabilities: Fraction[];
  /** The same, as text. */
  texts: string[];
}

/** @param ratios ratio of each column: the arms', or ones for pseudo-arms */
export function planMinimisation(
  design: Design,
  scheme: Extract<Scheme, { kind: 'minimisation' }>,
  ratios: number[],
): MinimisationPlan {
  const weights = design.factors.map(({ weight }) => parseFraction(weight ?? 1)!);
  if (scheme.overall) weights.push(fraction(1n, 1n));
  const weightScale = lcm(weights.map((weight) => weight.denominator));
  const scaled = weights.map(({ numerator, denominator }) => Number(numerator * (weightScale / denominator)));
  const scale = Number(lcm(ratios.map(BigInt)));
  const columns = ratios.length;
  const weightSum = scaled.reduce((sum, weight) => sum + weight, 0);
  const variance = scheme.distance === 'variance';
  // Range ≤ L·n·Σw; variance: K·ΣX² ≤ K·(L·n)², times Σw; with room for the participant to come.
  const most = Number.MAX_SAFE_INTEGER / weightSum;
  const exactUpTo = variance ? Math.sqrt(most / columns) / scale - 1 : most / scale - 1;
  const unit = Number(weightScale) * (variance ? columns * (columns - 1) * scale * scale : scale);
  return {
    distance: scheme.distance,
    overall: scheme.overall ?? false,
    ratios,
    shares: ratios.map((ratio) => scale / ratio),
    scale,
    weights: scaled,
    weightScale: Number(weightScale),
    weightSum,
    unit,
    exactUpTo: Number.isSafeInteger(unit) ? Math.floor(exactUpTo) : -1,
    coins: new Map(),
    probability: parseFraction(scheme.probability)!,
  };
}

/**
 * Probabilities of the columns when those in a set T are tied for the least imbalance; K columns with ratios r_j,
 * R = Σ r_j, r_T = Σ over T.
 *
 * For one preferred column i these are the biased-coin probabilities of Han, Enas & McEntegart (Stat Med
 * 2009;28:3329–46): P_i = 1 − (1 − p)(R − r_i)/(R − r_min), where p belongs to the smallest ratio, and the others
 * share 1 − P_i in proportion to their ratios. With equal ratios P_i = p for all (Pocock & Simon 1975, method a).
 *
 * Ties: the tied columns share the best probability, in proportion to their ratios, and the rest shares what
 * remains. The best probability is then the mean of P_i over T, weighted by r_i; if all columns are tied, nothing is
 * preferred and each gets r_j/R. For equal ratios that is p/t for each of t tied, and (1 − p)/(K − t) for the others.
 * @param preferred bit j is set when column j is in T; not 0
 */
export function coinFor(plan: MinimisationPlan, preferred: number): Coin {
  let coin = plan.coins.get(preferred);
  if (!coin) {
    coin = makeCoin(plan, preferred);
    plan.coins.set(preferred, coin);
  }
  return coin;
}

function makeCoin({ ratios, probability }: MinimisationPlan, preferred: number): Coin {
  const r = ratios.map(BigInt);
  const total = r.reduce((sum, value) => sum + value, 0n);
  const [smallest] = extremes(r);
  const tied = r.map((_, j) => Math.floor(preferred / 2 ** j) % 2 === 1);
  const tiedSum = r.reduce((sum, value, j) => (tied[j] ? sum + value : sum), 0n);
  const { numerator: p, denominator: d } = probability;
  // 1 − P_T = (1 − p) · Σ_T r_i (R − r_i) / (r_T (R − r_min))
  const weighted = r.reduce((sum, value, j) => (tied[j] ? sum + value * (total - value) : sum), 0n);
  const rest = fraction((d - p) * weighted, d * tiedSum * (total - smallest));
  const best = fraction(rest.denominator - rest.numerator, rest.denominator);
  const probabilities = r.map((value, j) => {
    if (tiedSum === total) return fraction(value, total);
    return tied[j]
      ? fraction(best.numerator * value, best.denominator * tiedSum)
      : fraction(rest.numerator * value, rest.denominator * (total - tiedSum));
  });
  return { weights: integerWeights(probabilities), probabilities, texts: probabilities.map(formatFraction) };
}
