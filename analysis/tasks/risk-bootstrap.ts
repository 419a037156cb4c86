import { type RiskModel, riskStandardiser } from '../models/weighted-risks.ts';
import { drawIndex, seededUniform } from '../resampling/generator.ts';

export interface RiskBootstrapTask {
  kind: 'risk-bootstrap';
  model: RiskModel;
  /** Stratum (arm) of each row, from 0: everyone is drawn within their own. */
  strata: Int32Array;
  replicates: number;
  seed: number;
}

/** Standardised risks of samples drawn with replacement within strata, two numbers each; NaN where there are none. */
export function bootstrapRisks({ model, strata, replicates, seed }: RiskBootstrapTask): Float64Array {
  const uniform = seededUniform(seed);
  const members: number[][] = [];
  strata.forEach((stratum, i) => {
    const own = members[stratum] ?? [];
    own.push(i);
    members[stratum] = own;
  });
  const standardise = riskStandardiser(model);
  const counts = new Float64Array(strata.length);
  const result = new Float64Array(2 * replicates);
  for (let r = 0; r < replicates; r++) {
    counts.fill(0);
    for (const own of members)
      for (let i = 0; i < own.length; i++) counts[own[drawIndex(uniform, own.length)]!]! += 1;
    const risks = standardise(counts);
    result[2 * r] = risks?.[0] ?? Number.NaN;
    result[2 * r + 1] = risks?.[1] ?? Number.NaN;
  }
  return result;
}
