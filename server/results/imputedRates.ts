import type { ImputedRates } from '../../analysis/charts/index.ts';
import { indexScores } from '../../analysis/scores.ts';
import { imputed } from './imputed.ts';
import { againstReference, IMPUTATIONS, imputedWork } from './imputedWork.ts';
import type { Material } from './material.ts';
import type { Reader } from './reader.ts';

/**
 * Response by arm and visit after multiple imputation of the scores: begun on a thread at the first question, there
 * at a later one. Imputation goes by arm, so that a blinded reader has none.
 */
export function imputedRates(
  { place, study, showing }: Reader,
  material: Material,
): { rates: ImputedRates; waiting?: Promise<unknown> } {
  const absent = (reason: string) => ({ rates: { state: 'absent' as const, reason } });
  if (showing !== 'open') return absent('Imputation goes by arm, and arms are hidden for your role.');
  const work = responseWork(study, material);
  if (work === null) return absent('There are no scores after baseline to impute from.');
  const { done, ended } = imputed(place, work);
  if (done === null) return { rates: { state: 'computing' }, waiting: ended };
  if (!('rows' in done)) return absent('reason' in done ? done.reason : 'No estimate.');
  const rates = done.rows.flatMap(({ visit, arm, measure, n, estimate, lower, upper, reason }) =>
    measure === 'risk' && arm !== null ? [{ visit, arm, n, estimate, lower, upper, reason }] : [],
  );
  return { rates: { state: 'done', imputations: IMPUTATIONS, rates } };
}

/** The analysis of the chosen outcome at every visit that somebody has reached; null where there is none. */
export function responseWork(study: Reader['study'], material: Material) {
  const { dataset, outcome, plan } = material;
  const measure = plan.outcomes.find(({ id }) => id === outcome)?.measure;
  if (outcome === undefined || measure === undefined || dataset.arms.length < 2) return null;
  const scores = indexScores(dataset);
  const visits = dataset.visits
    .filter(({ id, baseline }) => !baseline && scores.any(id, measure))
    .map(({ id }) => id);
  if (visits.length === 0) return null;
  return imputedWork(
    study,
    material,
    { treatments: againstReference(dataset), outcome, visits, summary: 'risk-difference' },
    null,
  );
}
