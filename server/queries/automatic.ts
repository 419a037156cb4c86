import type { Transaction } from '../db/database.ts';
import type { ParticipantRecord } from '../participants/store.ts';
import type { Caller } from '../services.ts';
import { changeQuery } from './change.ts';
import { insertNumbered } from './insert.ts';
import { isResolved } from './rules.ts';
import { automaticQueries } from './store.ts';

/** Something that a check of a complete form finds and a person should look at. */
export interface Cause {
  /** Which check: with the item it is what makes two findings the same question. */
  check: 'window' | 'expected' | `check:${string}`;
  item: string | null;
  text: string;
  /** The save brought it about or changed it; what was so before was asked before. */
  fresh: boolean;
}

export interface CheckedForm {
  participant: ParticipantRecord;
  visit: string;
  instrument: string;
  at: string;
}

/**
 * Brings the automatic queries of a form in line with what its checks find now: a new cause asks, a changed one asks
 * on in the same thread, one that returns reopens its query, and a query whose cause is gone closes itself. Each says
 * so in a message.
 *
 * @param anew whether the form was just completed for the first time: then nothing can have been asked before
 */
export async function askAutomatically(
  tx: Transaction,
  caller: Caller,
  form: CheckedForm,
  causes: readonly Cause[],
  anew: boolean,
): Promise<void> {
  const { participant, visit, instrument, at } = form;
  const asked = anew ? [] : await automaticQueries(tx, participant.id, { visit, instrument });
  const is = (cause: Cause) => (query: { cause: string | null; item: string | null }) =>
    query.cause === cause.check && query.item === cause.item;
  for (const cause of causes.filter(({ fresh }) => fresh)) {
    const known = asked.findLast(is(cause));
    if (!known)
      await insertNumbered(tx, caller, {
        participant,
        visit,
        instrument,
        item: cause.item,
        text: cause.text,
        cause: cause.check,
        owner: null,
        at,
      });
    else {
      const query = { ...known, code: participant.code };
      const reopens = isResolved(query.status as 'open');
      await changeQuery(tx, caller, query, {
        act: reopens ? 'reopen' : 'reply',
        at,
        text: `${reopens ? 'Reopened by the check. ' : 'Changed, and still to be looked at. '}${cause.text}`.slice(
          0,
          1000,
        ),
        status: 'open',
        automatic: true,
      });
    }
  }
  for (const query of asked)
    if (
      !isResolved(query.status as 'open') &&
      query.cause !== null &&
      !causes.some((cause) => is(cause)(query))
    )
      await changeQuery(
        tx,
        caller,
        { ...query, code: participant.code },
        {
          act: 'close',
          at,
          text: 'What this asked about was changed and no longer stands out. Closed by the check itself.',
          status: 'closed',
          automatic: true,
        },
      );
}
