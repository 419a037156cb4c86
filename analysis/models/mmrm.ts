import { type StructureName, structureNamed } from './covariance.ts';
import { buildDesign, type Formula } from './design.ts';
import type { Method } from './likelihood.ts';
import type { NotConverged } from './maximise.ts';
import { fitMixed, type MixedFit } from './mixed-fit.ts';
import type { GroupCovariance, Subject } from './visit-patterns.ts';

export interface MmrmInput {
  /** Fixed effects, one row for each observed value. */
  formula: Formula;
  y: readonly number[];
  /** Whose row it is. */
  subject: readonly string[];
  /** At which visit. */
  visit: readonly string[];
  /** All visits in time order. */
  visits: readonly string[];
  structure?: StructureName;
  /** With a group for each row (such as the arm) every group has a covariance matrix of its own. */
  group?: readonly string[];
  method?: Method;
}

export type MmrmFit = MixedFit & { structure: StructureName; visits: string[]; groups: string[] };

/**
 * Mixed model for repeated measures: yᵢ = Xᵢβ + εᵢ, εᵢ ~ N(0, Σ over the visits that subject i has), by REML (the
 * default) or ML. Missing visits are simply absent; the estimates are valid when data are missing at random given the
 * model (Mallinckrodt CH et al. Drug Inf J 2008;42:303–319).
 *
 * Estimates and tests come from `mixedContrast` and `mixedTest`, adjusted means from `meanRow` with the visit and arm
 * fixed.
 *
 * @throws RangeError for unequal lengths, unknown visits, or two values of one subject at one visit
 */
export function fitMmrm({
  formula,
  y,
  subject,
  visit,
  visits,
  structure = 'unstructured',
  group,
  method = 'REML',
}: MmrmInput): MmrmFit | NotConverged {
  if (subject.length !== y.length || visit.length !== y.length || (group && group.length !== y.length))
    throw new RangeError('Every value has a subject and a visit.');
  if (y.length === 0) return { converged: false, reason: 'There are no observations.' };
  const place = new Map(visits.map((v, i) => [v, i]));
  const groupNames = group ? [...new Set(group)].sort() : ['all'];
  const bySubject = new Map<string, Subject>();
  y.forEach((_, row) => {
    const at = place.get(visit[row]!);
    if (at === undefined) throw new RangeError(`The visit ${visit[row]} isn't among the model's visits.`);
    const own = group ? groupNames.indexOf(group[row]!) : 0;
    const entry = bySubject.get(subject[row]!) ?? { group: own, rows: [], visits: [] };
    if (entry.group !== own) throw new RangeError(`Subject ${subject[row]} is in two groups.`);
    if (entry.visits.includes(at))
      throw new RangeError(`Subject ${subject[row]} has two values at visit ${visit[row]}.`);
    entry.rows.push(row);
    entry.visits.push(at);
    bySubject.set(subject[row]!, entry);
  });
  const subjects = [...bySubject.values()];
  if (structure === 'unstructured') {
    const problem = neverTogether(subjects, visits, groupNames);
    if (problem) return problem;
  }
  let next = 0;
  const groups: GroupCovariance[] = groupNames.map(() => {
    const own = structureNamed(structure, visits.length);
    return { structure: own, index: own.parameters.map(() => next++) };
  });
  const fit = fitMixed(buildDesign(formula), y, subjects, groups, method);
  if (!fit.converged) return fit;
  if (group)
    fit.parameters.forEach((parameter, k) => {
      parameter.name += ` ${groupNames[Math.floor(k / groups[0]!.index.length)]}`;
    });
  return { ...fit, structure, visits: [...visits], groups: groupNames };
}

/** An unstructured covariance of two visits needs subjects who have both. */
function neverTogether(
  subjects: readonly Subject[],
  visits: readonly string[],
  groups: readonly string[],
): NotConverged | null {
  for (let g = 0; g < groups.length; g++)
    for (let a = 0; a < visits.length; a++)
      for (let b = 0; b <= a; b++)
        if (!subjects.some((s) => s.group === g && s.visits.includes(a) && s.visits.includes(b)))
          return {
            converged: false,
            reason:
              a === b
                ? `Nobody has a value at visit ${visits[a]}${groups.length > 1 ? ` in ${groups[g]}` : ''}.`
                : `Nobody has values at both ${visits[b]} and ${visits[a]}: their covariance can't be estimated.`,
          };
  return null;
}
