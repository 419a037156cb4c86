import { appendAudit } from '../audit/append.ts';
import { type Transaction, transactionLock } from '../db/database.ts';
import { notValid } from '../errors.ts';
import { placeOf } from '../forms/place.ts';
import { once } from '../http/once.ts';
import { findParticipant } from '../participants/find.ts';
import type { ParticipantRecord } from '../participants/store.ts';
import type { Caller, Services } from '../services.ts';
import { highestQueryNumber, insertQuery, unresolvedQueries } from './store.ts';
import { viewQuery } from './view.ts';

export interface NewQuery {
  key: string;
  participant: string;
  visit?: string;
  instrument?: string;
  item?: string;
  text: string;
}

/** A person asks the site about an answer, a form or a participant. */
export async function openQuery(services: Services, caller: Caller, input: NewQuery) {
  if ((input.instrument && !input.visit) || (input.item && !input.instrument))
    throw notValid('An item needs its form, and a form its visit.');
  if (input.visit && !caller.study.document.visits.some(({ id }) => id === input.visit))
    throw notValid(`The protocol has no visit “${input.visit}”.`);
  if (input.visit && input.instrument) {
    const { instrument } = placeOf(caller.study, input.visit, input.instrument);
    if (input.item && !instrument.items.some((item) => item.id === input.item))
      throw notValid(`${instrument.short} has no item “${input.item}”.`);
  }
  const id = await once(
    services,
    { user: caller.user, study: caller.study.id, endpoint: 'queries.open', key: input.key, payload: input },
    async (tx) => {
      const participant = await findParticipant(tx, caller, input.participant);
      return insert(tx, caller, {
        participant,
        visit: input.visit ?? null,
        instrument: input.instrument ?? null,
        item: input.item ?? null,
        text: input.text,
        automatic: false,
        at: services.now().toISOString(),
      });
    },
  );
  return viewQuery(services, services.db.read, caller, id);
}

export interface AutomaticQuery {
  participant: ParticipantRecord;
  visit: string;
  instrument: string;
  item: string | null;
  text: string;
  at: string;
}

/** The system asks about a value or a visit; not twice while the same question is unresolved. */
export async function openAutomaticQuery(
  tx: Transaction,
  caller: Caller,
  query: AutomaticQuery,
): Promise<void> {
  const asked = await unresolvedQueries(tx, caller.study.id, [query.participant.id]);
  const same = asked.some(
    (one) =>
      one.visit === query.visit &&
      one.text === query.text &&
      (query.item === null || one.instrument === query.instrument),
  );
  if (!same) await insert(tx, caller, { ...query, automatic: true });
}

interface Row {
  participant: ParticipantRecord;
  visit: string | null;
  instrument: string | null;
  item: string | null;
  text: string;
  automatic: boolean;
  at: string;
}

async function insert(tx: Transaction, caller: Caller, row: Row): Promise<string> {
  const { study, user } = caller;
  await transactionLock(tx, `queries ${study.id}`);
  const id = crypto.randomUUID();
  const number = (await highestQueryNumber(tx, study.id)) + 1;
  await insertQuery(tx, {
    id,
    study_id: study.id,
    number,
    participant_id: row.participant.id,
    visit: row.visit,
    instrument: row.instrument,
    item: row.item,
    status: 'open',
    automatic: row.automatic ? 1 : 0,
    text: row.text,
    opened_at: row.at,
    opened_by: user.id,
    closed_at: null,
    closed_by: null,
  });
  await appendAudit(tx, caller, row.at, {
    action: 'queries.open',
    subject: `query:${row.participant.code}/${number}`,
    after: {
      visit: row.visit,
      instrument: row.instrument,
      item: row.item,
      text: row.text,
      automatic: row.automatic,
    },
  });
  return id;
}
