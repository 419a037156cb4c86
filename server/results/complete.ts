import { completeness, type Dataset } from '../../analysis/index.ts';
import type { Study } from '../studies/study.ts';

/** Of each instrument’s scores at each visit after baseline: how many are there, among those due by the day. */
export function scoresThere(
  { document, instruments }: Study,
  dataset: Dataset,
  asOf: string,
): { label: string; count: number; of: number }[] {
  const measures = new Map(
    document.outcomes.map(({ instrument, score }) => [
      `${instrument}.${score}`,
      instruments.get(instrument)!.short,
    ]),
  );
  const visits = dataset.visits.filter(({ baseline }) => !baseline).map(({ id }) => id);
  const asked = [...measures].map(([measure, label]) => ({ measure, label, visits }));
  return completeness(dataset, { measures: asked, asOf }).map(({ label, count, of }) => ({
    label,
    count,
    of,
  }));
}
