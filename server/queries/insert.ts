import { appendAudit } from '../audit/append.ts';
import { type Transaction, transactionLock } from '../db/database.ts';
import type { ParticipantRecord } from '../participants/store.ts';
import type { Caller } from '../services.ts';
import { ownerColumns } from './change.ts';
import type { Owner } from './contract.ts';
import { highestQueryNumber, insertQuery } from './store.ts';

interface NewRow {
  participant: ParticipantRecord;
  visit: string | null;
  instrument: string | null;
  item: string | null;
  text: string;
  /** Which check asks; null where a person does. */
  cause: string | null;
  owner: Owner;
  at: string;
}

/** Writes a query under the study's next number, with its audit entry; gives its ID. */
export async function insertNumbered(tx: Transaction, caller: Caller, row: NewRow): Promise<string> {
  const { study, user } = caller;
  await transactionLock(tx, `queries ${study.id}`);
  const id = crypto.randomUUID();
  const number = (await highestQueryNumber(tx, study.id)) + 1;
  const { visit, instrument, item, text, cause, owner, at } = row;
  await insertQuery(tx, {
    id,
    study_id: study.id,
    number,
    participant_id: row.participant.id,
    visit,
    instrument,
    item,
    status: 'open',
    automatic: cause === null ? 0 : 1,
    text,
    opened_at: at,
    opened_by: user.id,
    closed_at: null,
    closed_by: null,
    cause,
    ...ownerColumns(owner),
  });
  await appendAudit(tx, caller, at, {
    action: 'queries.open',
    subject: `query:${row.participant.code}/${number}`,
    after: {
      visit,
      instrument,
      item,
      text,
      automatic: cause !== null,
      ...(owner !== null && { owner: Object.values(owner)[0] }),
    },
  });
  return id;
}
