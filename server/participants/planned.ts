import type { FormRecord } from '../forms/store.ts';
import { studyUnder } from '../studies/at.ts';
import type { VisitDefinition } from '../studies/document.ts';
import type { Study } from '../studies/study.ts';

type Begun = Pick<FormRecord, 'visit' | 'instrument' | 'status' | 'study_version'>;

/**
 * The visits of one participant: as the site's version plans them, but what was finished under an earlier version
 * stays finished as it was then, a visit at which something was entered keeps its name, and one that an amendment
 * dropped stays where something was entered at it.
 *
 * @param here the study as of the participant's site
 */
export function plannedVisits(here: Study, forms: readonly Begun[]): VisitDefinition[] {
  const earlier = forms.filter((form) => form.study_version !== null && form.study_version !== here.version);
  const { visits } = here.document;
  if (earlier.length === 0) return visits;
  const under = (form: Begun) =>
    studyUnder(here, form.study_version).document.visits.find((visit) => visit.id === form.visit);
  const complete = (visit: VisitDefinition) =>
    visit.instruments.every((id) =>
      forms.some((form) => form.visit === visit.id && form.instrument === id && form.status === 'complete'),
    );
  const kept = visits.map((visit) => {
    const before = earlier
      .filter((form) => form.visit === visit.id)
      .sort(oldestFirst)
      .map(under);
    const whole = before.find((old) => old !== undefined && complete(old));
    return whole ?? { ...visit, label: before.find((old) => old !== undefined)?.label ?? visit.label };
  });
  const dropped = new Map<string, VisitDefinition>();
  for (const form of earlier) {
    const old = visits.some((visit) => visit.id === form.visit) ? undefined : under(form);
    if (old) dropped.set(old.id, old);
  }
  return [...kept, ...dropped.values()];
}

const oldestFirst = (one: Begun, other: Begun): number => one.study_version! - other.study_version!;
