import type { Connection, Transaction } from '../db/database.ts';
import { conflict } from '../errors.ts';
import type { ItemValues } from '../forms/contract.ts';
import { formsOf } from '../forms/store.ts';
import { scoresOf } from '../forms/view.ts';
import { findParticipant } from '../participants/find.ts';

import type { ParticipantRecord } from '../participants/store.ts';

import { unresolvedQueries } from '../queries/store.ts';
import type { Caller, Services } from '../services.ts';
import { describeAllocation, type ScreeningValues } from '../studies/rules.ts';
import type { Study } from '../studies/study.ts';
import type { Readiness } from './contract.ts';
import { checksBefore, isReady } from './readiness.rules.ts';
import { completeForms, currentDesign, enrolmentOf } from './store.ts';

/** Whether the participant can be randomised now, or what is still open; and what randomising fixes. */
export async function checkReadiness(services: Services, caller: Caller, code: string): Promise<Readiness> {
  const db = services.db.read;
  const { study } = caller;
  const { document } = study;
  const participant = await findParticipant(db, caller, code);
  const checks = await checksOf(db, study, participant);
  const open = (await unresolvedQueries(db, study.id, [participant.id])).length;
  const queries: Readiness['checks'][number] = {
    id: 'queries',
    met: open === 0,
    text:
      open === 0
        ? 'No open query'
        : `${open} open ${open === 1 ? 'query' : 'queries'}; randomising doesn’t wait for it`,
  };
  const criteria = document.eligibility.length;
  return {
    ready: isReady(checks, participant.status),
    checks: [...checks.slice(0, -1), queries, ...checks.slice(-1)],
    fixes: [
      { label: 'Participant', value: participant.code },
      { label: 'Site', value: document.sites.find((one) => one.id === participant.site)!.name },
      ...(await baselineScores(db, study, participant)),
      { label: 'Eligibility', value: `${criteria} of ${criteria} criteria met` },
      { label: 'Consent', value: checks.find((check) => check.id === 'consent')!.text },
    ],
    method: describeAllocation(document),
    designHash: (await currentDesign(db, study.id))?.design_hash ?? '',
  };
}

/** @throws Refused (conflict) with what is still open. An open query is no obstacle. */
export async function expectReady(
  tx: Transaction,
  study: Study,
  participant: ParticipantRecord,
  nothing: string,
): Promise<void> {
  const checks = await checksOf(tx, study, participant);
  if (isReady(checks, participant.status)) return;
  const { code, status } = participant;
  const open = checks.filter((check) => !check.met).map((check) => check.text);
  throw conflict(`${code} can’t be randomised: ${open.join('; ') || `the status is ${status}`}. ${nothing}`);
}

async function checksOf(db: Connection, { document }: Study, participant: ParticipantRecord) {
  const enrolment = await enrolmentOf(db, participant.id);
  return checksBefore(document, {
    status: participant.status,
    site: participant.site,
    screening: JSON.parse(participant.screening) as ScreeningValues,
    eligibility:
      enrolment.answers === null
        ? null
        : { answers: JSON.parse(enrolment.answers), eligible: enrolment.eligible === 1 },
    consent:
      enrolment.consent_version === null
        ? null
        : { version: enrolment.consent_version, signedOn: enrolment.signed_on! },
    complete: await completeForms(db, participant.id),
    allocation: enrolment.number,
  });
}

/** Baseline totals of the outcomes' instruments. */
async function baselineScores(
  db: Connection,
  study: Study,
  participant: ParticipantRecord,
): Promise<Readiness['fixes']> {
  const forms = await formsOf(db, [participant.id]);
  const baseline = study.document.visits.find((visit) => visit.baseline);
  const instruments = [
    ...new Set(study.document.outcomes.filter((one) => one.role === 'primary').map((one) => one.instrument)),
  ];
  return instruments.flatMap((id) => {
    const instrument = study.instruments.get(id);
    const form = forms.find((one) => one.visit === baseline?.id && one.instrument === id);
    if (!instrument || !form) return [];
    return scoresOf(study, instrument, JSON.parse(form.answers) as ItemValues)
      .filter((score) => score.value !== null)
      .map((score) => ({ label: `Baseline ${instrument.short}`, value: `${score.value} of ${score.max}` }));
  });
}
