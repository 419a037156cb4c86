import type { Connection } from '../db/database.ts';
import { studyOfForm } from '../forms/place.ts';
import { groupBy } from '../grouped.ts';
import type { ParticipantRecord } from '../participants/store.ts';
import { placementsOfStudy } from '../randomisation/store.ts';
import type { formStates } from '../signatures/store.ts';
import type { Study } from '../studies/study.ts';
import type { VerificationRow } from './contract.ts';
import { fieldsOf, markOf, versionOf } from './fields.ts';
import { requirements } from './required.ts';
import { fieldStates } from './rules.ts';
import { consentsOfStudy, markedVersions, marksOf } from './store.ts';

type Form = Omit<Awaited<ReturnType<typeof formStates>>[number], 'code'>;

/**
 * What has to be verified of these participants by the sampling plan, form by form, with where each stands. Forms that
 * nobody has begun aren’t there; nothing is due of a form before it is complete.
 *
 * @param everyone of the study: who was first at a site is counted among all
 */
export async function dueVerification(
  db: Connection,
  study: Study,
  everyone: readonly ParticipantRecord[],
  forms: readonly Form[],
): Promise<VerificationRow[]> {
  const required = requirements(study, everyone, await placementsOfStudy(db, study.id));
  if (required.size === 0) return [];
  const marks = groupBy(
    await marksOf(db, study.id),
    (mark) => mark.form_id ?? `consent ${mark.participant_id}`,
  );
  const versions = groupBy(await markedVersions(db, study.id), ({ form_id }) => form_id);
  const consents = new Map(
    (await consentsOfStudy(db, study.id)).map((one) => [one.participant_id, one.recorded_at]),
  );
  const formsByPerson = groupBy(forms, ({ participant_id }) => participant_id);
  return everyone.flatMap(({ id, code, site }): VerificationRow[] => {
    const asked = required.get(id);
    if (!asked) return [];
    const rows: VerificationRow[] = [];
    const recorded = consents.get(id);
    if (asked.consent && recorded !== undefined) {
      const state = consentState(marks.get(`consent ${id}`) ?? [], recorded);
      rows.push({
        participant: code,
        site,
        visit: null,
        instrument: null,
        fields: 1,
        due: state === 'verified' ? 0 : 1,
        verified: state === 'verified' ? 1 : 0,
        stale: state === 'stale' ? 1 : 0,
        complete: true,
      });
    }
    for (const form of formsByPerson.get(id) ?? []) {
      const instrument = studyOfForm(study, { site }, form).instruments.get(form.instrument);
      const part = asked.fields(form.visit, form.instrument);
      if (!instrument || !part) continue;
      const all = fieldsOf(instrument).map(({ field }) => field);
      const fields = part.items === null ? all : all.filter((field) => part.items!.includes(field));
      const states = [
        ...fieldStates(
          fields,
          (versions.get(form.id) ?? []).map(versionOf),
          (marks.get(form.id) ?? []).map(markOf),
        ).values(),
      ];
      const complete = form.status === 'complete';
      const verified = states.filter((state) => state === 'verified').length;
      rows.push({
        participant: code,
        site,
        visit: form.visit,
        instrument: form.instrument,
        fields: fields.length,
        due: complete ? fields.length - verified : 0,
        verified,
        stale: states.filter((state) => state === 'stale').length,
        complete,
      });
    }
    return rows;
  });
}

/** A consent that was recorded anew after it was verified is to be looked at again. */
export function consentState(
  marks: readonly { verified: number; marked_at: string }[],
  recordedAt: string,
): 'unverified' | 'verified' | 'stale' {
  const mark = marks.at(-1);
  if (mark?.verified !== 1) return 'unverified';
  return mark.marked_at < recordedAt ? 'stale' : 'verified';
}
