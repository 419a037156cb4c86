import { reaches } from '../access/rules.ts';
import type { Connection, Transaction } from '../db/database.ts';
import { conflict, notFound } from '../errors.ts';
import type { ItemValues } from '../forms/contract.ts';
import { formsOf } from '../forms/store.ts';
import { scoresOf } from '../forms/view.ts';
import { refuseLocked } from '../locks/refuse.ts';
import { unresolvedQueries } from '../queries/store.ts';
import type { Caller, Services } from '../services.ts';
import { studyAt } from '../studies/at.ts';
import { describeAllocation, recruiting, type ScreeningValues } from '../studies/rules.ts';
import type { Study } from '../studies/study.ts';
import type { Readiness } from './contract.ts';
import { currentDesign } from './designs/store.ts';
import { checksBefore, type Facts, isReady } from './readiness.rules.ts';
import { type EnrolmentRecord, enrolmentOf } from './store.ts';

/** Whether the participant can be randomised now, or what is still open; and what randomising fixes. */
export async function checkReadiness(services: Services, caller: Caller, code: string): Promise<Readiness> {
  const db = services.db.read;
  const person = await findEnrolment(db, caller, code);
  const study = studyAt(caller.study, person.site);
  const { document } = study;
  const checks = checksBefore(document, factsOf(person));
  const open = (await unresolvedQueries(db, study.id, [person.id])).length;
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
    ready: isReady(checks, person.status),
    checks: [...checks.slice(0, -1), queries, ...checks.slice(-1)],
    fixes: [
      { label: 'Participant', value: person.code },
      { label: 'Site', value: document.sites.find((one) => one.id === person.site)!.name },
      ...(await baselineScores(db, study, person)),
      { label: 'Eligibility', value: `${criteria} of ${criteria} criteria met` },
      { label: 'Consent', value: checks.find((check) => check.id === 'consent')!.text },
    ],
    method: describeAllocation(recruiting(document)),
    designHash: (await currentDesign(db, study.id))?.design_hash ?? '',
  };
}

/**
 * The participant, if nothing stands against randomising; an open query doesn't.
 * @param nothing what to say of what was not done
 * @throws Refused (conflict) with what is still open
 */
export async function readyParticipant(
  tx: Transaction,
  caller: Caller,
  code: string,
  nothing: string,
): Promise<EnrolmentRecord> {
  const person = await findEnrolment(tx, caller, code);
  await refuseLocked(tx, caller, { participant: person });
  const checks = checksBefore(studyAt(caller.study, person.site).document, factsOf(person));
  if (isReady(checks, person.status)) return person;
  const open = checks.filter((check) => !check.met).map((check) => check.text);
  const why = open.join('; ') || `the status is ${person.status}`;
  throw conflict(`${code} can’t be randomised: ${why}. ${nothing}`);
}

async function findEnrolment(db: Connection, caller: Caller, code: string): Promise<EnrolmentRecord> {
  const person = await enrolmentOf(db, caller.study.id, code);
  if (!person || !reaches(caller.sites, person.site)) throw notFound(`Participant ${code}`);
  return person;
}

function factsOf(person: EnrolmentRecord): Facts {
  const { answers, consent_version: version, signed_on: signedOn, complete } = person;
  return {
    status: person.status,
    site: person.site,
    screening: JSON.parse(person.screening) as ScreeningValues,
    eligibility: answers === null ? null : { answers: JSON.parse(answers), eligible: person.eligible === 1 },
    consent: version === null || signedOn === null ? null : { version, signedOn },
    complete: new Set(complete?.split(' ')),
    allocation: person.allocation,
  };
}

/** Baseline totals of the outcomes' instruments. */
async function baselineScores(
  db: Connection,
  study: Study,
  participant: EnrolmentRecord,
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
