import { mayAt } from '../access/mayAt.ts';
import { reaches } from '../access/rules.ts';
import { userNames } from '../accounts/store.ts';
import type { Connection } from '../db/database.ts';
import type { ItemValues } from '../forms/contract.ts';
import { findPlace, studyOfForm } from '../forms/place.ts';
import type { FormAddress } from '../forms/read.ts';
import { answerInWords } from '../forms/rules.ts';
import { findForm } from '../forms/store.ts';
import { groupBy } from '../grouped.ts';
import { findParticipant } from '../participants/find.ts';
import { allParticipants } from '../participants/store.ts';
import { placementsOfStudy } from '../randomisation/store.ts';
import type { Caller, Services } from '../services.ts';
import { formStates } from '../signatures/store.ts';
import type { FormVerification, VerificationRow } from './contract.ts';
import { dueVerification } from './due.ts';
import { fieldsOf, markOf, versionOf } from './fields.ts';
import { requirements } from './required.ts';
import { DATE_FIELD, fieldStates } from './rules.ts';
import { markedVersions, marksOf } from './store.ts';

/** Everything that the plan asks for at the caller's sites: what is due first, and progress by site. */
export async function listVerification(services: Services, caller: Caller, query: { site?: string }) {
  const { study, sites } = caller;
  const rows = await services.db.snapshot(async (db) => {
    const everyone = await allParticipants(db, study.id, null);
    return dueVerification(db, study, everyone, await formStates(db, study.id));
  });
  const mine = rows.filter(
    ({ site }) => reaches(sites, site) && (query.site === undefined || query.site === site),
  );
  const visits = study.document.visits.map(({ id }) => id);
  const place = (row: VerificationRow) => (row.visit === null ? -1 : visits.indexOf(row.visit));
  return {
    rules: (study.document.verification?.rules ?? []).map(({ id, label }) => ({ id, label })),
    sites: [...groupBy(mine, ({ site }) => site)]
      .map(([site, local]) => ({
        site,
        fields: sum(local, 'fields'),
        due: sum(local, 'due'),
        verified: sum(local, 'verified'),
        stale: sum(local, 'stale'),
      }))
      .sort((a, b) => a.site.localeCompare(b.site)),
    rows: mine.sort(
      (a, b) =>
        Number(b.due > 0) - Number(a.due > 0) ||
        a.participant.localeCompare(b.participant) ||
        place(a) - place(b),
    ),
  };
}

const sum = (rows: readonly VerificationRow[], key: 'fields' | 'due' | 'verified' | 'stale') =>
  rows.reduce((total, row) => total + row[key], 0);

export async function readFormVerification(
  services: Services,
  caller: Caller,
  address: FormAddress,
): Promise<FormVerification> {
  return formVerification(services.db.read, caller, address);
}

/** Field by field, with the answers of now. */
export async function formVerification(
  db: Connection,
  caller: Caller,
  { participant: code, visit, instrument: id }: FormAddress,
): Promise<FormVerification> {
  const participant = await findParticipant(db, caller, code);
  const form = await findForm(db, participant.id, visit, id);
  const study = studyOfForm(caller.study, participant, form);
  const { instrument } = await findPlace(db, study, participant, { visit, instrument: id });
  const fields = fieldsOf(instrument);
  const marks = form
    ? (await marksOf(db, study.id, participant.id)).filter(({ form_id }) => form_id === form.id)
    : [];
  const versions = form
    ? (await markedVersions(db, study.id, participant.id)).filter(({ form_id }) => form_id === form.id)
    : [];
  const states = fieldStates(
    fields.map(({ field }) => field),
    versions.map(versionOf),
    marks.map(markOf),
  );
  const asked = requirements(
    caller.study,
    await allParticipants(db, study.id, new Set([participant.site])),
    await placementsOfStudy(db, study.id),
  )
    .get(participant.id)
    ?.fields(visit, id);
  const names = await userNames(
    db,
    marks.map(({ marked_by }) => marked_by),
  );
  const values = form ? (JSON.parse(form.answers) as ItemValues) : {};
  return {
    participant: code,
    visit,
    instrument: id,
    version: form?.version ?? 0,
    complete: form?.status === 'complete',
    mayMark: await mayAt(db, caller, 'verification.mark', participant.site),
    fields: fields.map(({ field, label }) => {
      const mark = marks.findLast(({ item }) => item === null || item === field);
      const item = instrument.items.find((one) => one.id === field);
      const answer = values[field];
      return {
        field,
        label,
        answer:
          field === DATE_FIELD
            ? (form?.assessed_on ?? null)
            : item && answer
              ? answerInWords(item, answer, study.document.missing)
              : null,
        state: states.get(field)!,
        required: asked ? asked.items === null || asked.items.includes(field) : false,
        at: mark?.verified === 1 ? mark.marked_at : null,
        by: mark?.verified === 1 ? (names.get(mark.marked_by) ?? mark.marked_by) : null,
      };
    }),
  };
}
