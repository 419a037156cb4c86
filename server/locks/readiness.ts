import { reaches } from '../access/rules.ts';
import type { Connection } from '../db/database.ts';
import { notAllowed } from '../errors.ts';
import { openAlerts } from '../forms/alerts/store.ts';
import { groupBy } from '../grouped.ts';
import type { HarmContent } from '../harms/contract.ts';
import { harm } from '../harms/kind.ts';
import { unreported } from '../harms/store.ts';
import { findParticipant } from '../participants/find.ts';
import { gather } from '../participants/gather.ts';
import { allParticipants, type ParticipantRecord } from '../participants/store.ts';
import { unresolvedQueries } from '../queries/store.ts';
import { isKeptFrom } from '../records/kind.ts';
import type { Caller, Services } from '../services.ts';
import { signedForms } from '../signatures/rules.ts';
import { readSigned, signedState } from '../signatures/view.ts';
import { dueVerification } from '../verification/due.ts';
import { isOpen } from '../visits/rules.ts';
import type { ReadinessCheck, Scope } from './contract.ts';
import { openSecondEntries } from './store.ts';

type Where = ReadinessCheck['where'][number];
const LISTED = 50;

/** What stands against locking the study, a site or a participant. */
export async function lockReadiness(
  services: Services,
  caller: Caller,
  query: { site?: string; participant?: string },
) {
  const scope: Scope =
    query.participant !== undefined
      ? { level: 'participant', participant: query.participant }
      : query.site !== undefined
        ? { level: 'site', site: query.site }
        : { level: 'study' };
  return services.db.snapshot((db) => readinessOf(services, db, caller, scope));
}

/** The same for any part of the study, as it is in the transaction. Nothing of excluded people is open. */
export async function readinessOf(services: Services, db: Connection, caller: Caller, scope: Scope) {
  const { study } = caller;
  const everyone = await allParticipants(db, study.id, null);
  const people = (await within(db, caller, scope, everyone)).filter(({ status }) => status !== 'excluded');
  const codes = new Map(people.map(({ id, code }) => [id, code]));
  const shown = new Set(codes.values());
  const inPart = ({ visit, instrument }: Pick<Where, 'visit' | 'instrument'>): boolean =>
    (!('visit' in scope) || visit === scope.visit) &&
    (!('instrument' in scope) || instrument === scope.instrument);
  const at = <T>(rows: readonly T[], whereOf: (row: T) => Where | null): Where[] =>
    rows
      .map(whereOf)
      .filter((where): where is Where => where !== null)
      .filter(inPart);
  const gathered = await gather(services, db, study, people);
  const forms = gathered.flatMap(({ forms: own }) => own);
  const place = (
    row: { participant_id: string; visit: string | null; instrument: string | null },
    note: string,
  ) => {
    const participant = codes.get(row.participant_id);
    return participant === undefined
      ? null
      : { participant, visit: row.visit, instrument: row.instrument, note };
  };
  const whole = scope.level === 'study' || scope.level === 'site' || scope.level === 'participant';
  const checks = [
    check(
      'enrolment',
      'People still being enrolled',
      whole
        ? people
            .filter(({ status }) => ['screening', 'eligible', 'consented'].includes(status))
            .map(({ code, status }) => ({ participant: code, visit: null, instrument: null, note: status }))
        : [],
    ),
    check(
      'forms',
      'Forms begun and not complete',
      at(
        forms.filter(({ status }) => status !== 'complete'),
        (form) => place(form, 'Not complete'),
      ),
    ),
    check(
      'visits',
      'Visits still to come or overdue',
      scope.level === 'form'
        ? []
        : at(
            gathered.flatMap(({ participant, visits }) =>
              visits
                .filter((visit) => isOpen(visit.state) || visit.state === 'overdue')
                .map((visit) => ({ participant, visit })),
            ),
            ({ participant, visit }) => ({
              participant: participant.code,
              visit: visit.visit,
              instrument: null,
              note: visit.closes === null ? visit.state : `${visit.state}, window to ${visit.closes}`,
            }),
          ),
    ),
    check(
      'queries',
      'Open queries',
      at(await unresolvedQueries(db, study.id), (query) => place(query, query.text)),
    ),
    check(
      'alerts',
      'Safety alerts without an answer',
      at(await openAlerts(db, study.id), (alert) =>
        shown.has(alert.code)
          ? { participant: alert.code, visit: alert.visit, instrument: alert.instrument, note: 'Alert' }
          : null,
      ),
    ),
    check(
      'harms',
      'Serious adverse events without a report',
      whole
        ? (await unreported(db, study.id))
            .filter(({ code }) => shown.has(code))
            .map(({ code, content }) => ({
              participant: code,
              visit: null,
              instrument: null,
              note: noteOfHarm(caller, JSON.parse(content) as HarmContent),
            }))
        : [],
    ),
    check(
      'second-entry',
      'Second entries that don’t agree yet',
      at(await openSecondEntries(db, study.id), (entry) => place(entry, 'Second entry')),
    ),
    ...(study.document.signatures
      ? [
          check(
            'unsigned',
            'Complete forms without a signature',
            at(await unsigned(db, study.id), (form) => place(form, 'Unsigned')),
          ),
        ]
      : []),
    ...(study.document.verification
      ? [
          check(
            'unverified',
            'Forms with fields to verify against the source',
            at(
              (await dueVerification(db, study, everyone, forms)).filter(({ due }) => due > 0),
              ({ participant, visit, instrument, due }) =>
                shown.has(participant)
                  ? { participant, visit, instrument, note: `${due} ${due === 1 ? 'field' : 'fields'}` }
                  : null,
            ),
          ),
        ]
      : []),
  ];
  return {
    participants: people.length,
    open: checks.reduce((sum, { count }) => sum + count, 0),
    checks,
  };
}

/** The term is kept from those whom it could tell an arm. */
const noteOfHarm = (caller: Caller, { term }: HarmContent): string =>
  isKeptFrom(caller, harm) ? 'Not reported to the sponsor' : `${term}, not reported to the sponsor`;

const check = (id: string, label: string, where: Where[]): ReadinessCheck => ({
  check: id,
  label,
  count: where.length,
  where: where.slice(0, LISTED),
});

async function within(
  db: Connection,
  caller: Caller,
  scope: Scope,
  everyone: readonly ParticipantRecord[],
): Promise<readonly ParticipantRecord[]> {
  if (scope.level === 'study') return everyone.filter(({ site }) => reaches(caller.sites, site));
  if (scope.level === 'site') {
    if (!reaches(caller.sites, scope.site)) throw notAllowed('That site isn’t one of yours.');
    return everyone.filter(({ site }) => site === scope.site);
  }
  return [await findParticipant(db, caller, scope.participant)];
}

/** Complete forms that no valid signature covers. */
async function unsigned(db: Connection, study: string) {
  const { signatures, forms } = await readSigned(db, study);
  const byPerson = groupBy(signatures, ({ record }) => record.participant_id);
  return [...groupBy(forms, ({ participant_id }) => participant_id)].flatMap(([person, own]) => {
    const signed = signedForms((byPerson.get(person) ?? []).map(signedState), own);
    return own.filter(({ id, status }) => status === 'complete' && !signed.has(id));
  });
}
