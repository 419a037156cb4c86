import { type Design, designRow, type Setting } from './design.ts';

/**
 * How an adjusted mean averages over the factors that it doesn't name: `equal` gives every level the same weight
 * (SAS's LSMEANS, emmeans' default), `observed` weights by how often combinations occur (SAS's OM option, emmeans'
 * "proportional"). Covariates stand at their means over the analysed rows in both.
 */
export type MeanWeights = 'equal' | 'observed';

/**
 * The row L for which Lβ is the least-squares (adjusted) mean of a group.
 *
 * @param fixed the factor levels, and covariate values if not at their means, that define the group
 * @param weights the result should say which was used: the two differ whenever a nuisance factor is unbalanced
 */
export function meanRow(design: Design, fixed: Setting, weights: MeanWeights = 'equal'): Float64Array {
  const { formula } = design;
  const setting: Setting = {};
  const nuisance: string[] = [];
  for (const name of new Set(formula.terms.flat())) {
    const variable = formula.variables[name]!;
    if (name in fixed) setting[name] = fixed[name]!;
    else if (variable.kind === 'covariate')
      setting[name] = variable.values.reduce((a, b) => a + b, 0) / variable.values.length;
    else nuisance.push(name);
  }
  const total = new Float64Array(design.names.length);
  const include = (levels: string[], weight: number) => {
    const row = designRow(formula, {
      ...setting,
      ...Object.fromEntries(nuisance.map((n, i) => [n, levels[i]!])),
    });
    for (let j = 0; j < total.length; j++) total[j]! += weight * row[j]!;
  };
  const levelsOf = (name: string) => {
    const variable = formula.variables[name]!;
    return variable.kind === 'factor' ? variable.levels : [];
  };
  if (weights === 'equal') {
    let grid: string[][] = [[]];
    for (const name of nuisance) grid = grid.flatMap((g) => levelsOf(name).map((level) => [...g, level]));
    for (const levels of grid) include(levels, 1 / grid.length);
    return total;
  }
  const counts = new Map<string, { levels: string[]; count: number }>();
  const rows = design.matrix.rows;
  for (let i = 0; i < rows; i++) {
    const levels = nuisance.map((name) => String(formula.variables[name]!.values[i]));
    const key = JSON.stringify(levels);
    const entry = counts.get(key);
    if (entry) entry.count++;
    else counts.set(key, { levels, count: 1 });
  }
  for (const { levels, count } of counts.values()) include(levels, count / rows);
  return total;
}

/** a − b, the row of a difference of two adjusted means. */
export function differenceRow(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((v, j) => v - b[j]!);
}
