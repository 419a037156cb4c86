/** A randomisation design: all that decides an allocation, apart from chance. Its hash is what is committed to. */
export interface Design {
  /** Version of the rules in this folder. A change that could alter any allocation raises it. */
  engine: 1;
  /** Name of the study; it is the nonce of every generator. */
  study: string;
  /** In order: a draw walks through them in this order. Ratios are whole numbers in lowest terms. */
  arms: { id: string; ratio: number }[];
  /** Stratification or minimisation factors. Weights are for minimisation: 2, 0.5 or "1/3"; 1 when absent. */
  factors: { id: string; levels: string[]; weight?: number | string }[];
  scheme: Scheme;
}

export type Scheme =
  | { kind: 'simple' }
  /** Stratified by all factors. With several sizes, each block's size is drawn, all sizes equally likely. */
  | { kind: 'permuted-blocks'; sizes: number[] }
  /** Stratified by all factors; λ times the sum of ratios balls are active. Zhao & Weng 2011. */
  | { kind: 'block-urn'; lambda: number }
  | {
      kind: 'minimisation';
      distance: Distance;
      /** Probability of the preferred arm as an exact fraction such as "4/5". */
      probability: string;
      /** Whether the balance of the whole study counts as one more factor, of weight 1. */
      overall?: boolean;
      /** How unequal ratios are kept; "biased-coin" when absent. Without meaning for equal ratios. */
      unequal?: 'biased-coin' | 'pseudo-arms';
    }
  /** Two arms 1:1, in each stratum. Efron 1971. */
  | { kind: 'efron'; probability: string }
  /** Two arms 1:1, in each stratum. Soares & Wu 1983. */
  | { kind: 'big-stick'; limit: number }
  /** An uploaded list; `stratum` as `stratumKey` writes it. */
  | { kind: 'list'; entries: { stratum: string; arm: string }[] };

export type Distance = 'range' | 'variance' | 'marginal-balance';

/** A participant's level of each factor: factor → level. */
export type Factors = Record<string, string>;

/**
 * The name of a participant's stratum: `factor=level`, joined by `|`, in the design's order of factors. The empty
 * string when there are no factors. Levels hold no `|`, so that two strata never share a name.
 */
export function stratumKey(design: Pick<Design, 'factors'>, factors: Factors): string {
  let key = '';
  for (const { id } of design.factors) key += `${key && '|'}${id}=${factors[id]}`;
  return key;
}
