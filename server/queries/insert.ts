import { appendAudit, type Deed } from '../audit/append.ts';
import { type Transaction, transactionLock } from '../db/database.ts';
import type { ParticipantRecord } from '../participants/store.ts';
import type { Caller } from '../services.ts';
import { ownerColumns } from './change.ts';
import type { Owner } from './contract.ts';
import { highestQueryNumber, insertQuery, type NewQuery } from './store.ts';

export interface NewRow {
  participant: Pick<ParticipantRecord, 'id' | 'code'>;
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
export async function insertNumbered(tx: Transaction, caller: Caller, asked: NewRow): Promise<string> {
  const { row, deed } = numberedQuery(caller, asked, await nextQueryNumber(tx, caller.study.id));
  await insertQuery(tx, row);
  await appendAudit(tx, caller, asked.at, deed);
  return row.id;
}

/** The number of the study's next query; nobody else takes one until the transaction is over. */
export async function nextQueryNumber(tx: Transaction, study: string): Promise<number> {
  await transactionLock(tx, `queries ${study}`);
  return (await highestQueryNumber(tx, study)) + 1;
}

/** A query under its number, as the table and the audit trail keep it. */
export function numberedQuery(
  { study, user }: Caller,
  { participant, visit, instrument, item, text, cause, owner, at }: NewRow,
  number: number,
) {
  const row = {
    id: crypto.randomUUID(),
    study_id: study.id,
    number,
    participant_id: participant.id,
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
  } satisfies NewQuery;
  const deed: Deed = {
    action: 'queries.open',
    subject: `query:${participant.code}/${number}`,
    after: {
      visit,
      instrument,
      item,
      text,
      automatic: cause !== null,
      ...(owner !== null && { owner: Object.values(owner)[0] }),
    },
  };
  return { row, deed };
}
