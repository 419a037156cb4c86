import { appendAudit } from '../audit/append.ts';
import { transactionLock } from '../db/database.ts';
import { conflict, notAllowed, notFound, notValid } from '../errors.ts';
import { lettersOf } from '../results/letters.ts';
import type { Caller, Services } from '../services.ts';
import { refuseUnconfirmed } from './confirm.ts';
import { findUnmasking, insertUnmasking, insertUnmaskingOpened } from './store.ts';

/** The second step has to follow within this time. */
const MINUTES = 10;

/** First step: who asks and why, on record before anything is shown. */
export async function requestUnmasking(
  services: Services,
  caller: Caller,
  session: string,
  input: { confirm: string; reason: string },
): Promise<{ id: string; expiresAt: string }> {
  await refuseUnconfirmed(services, caller, session);
  const { study, user } = caller;
  if (input.confirm !== study.document.code)
    throw notValid(`The typed code isn’t ${study.document.code}. Nothing was unmasked.`, [
      { path: 'confirm', message: `Type ${study.document.code}.` },
    ]);
  return services.db.write(async (tx) => {
    const id = crypto.randomUUID();
    const now = services.now();
    const at = now.toISOString();
    await insertUnmasking(tx, {
      id,
      study_id: study.id,
      reason: input.reason,
      requested_at: at,
      requested_by: user.id,
    });
    await appendAudit(tx, caller, at, {
      action: 'board.unmask-request',
      subject: 'board',
      reason: input.reason,
      changesData: false,
    });
    return { id, expiresAt: new Date(now.getTime() + MINUTES * 60_000).toISOString() };
  });
}

/** Second step, once and by the same person: the letters with their arms. They don't go on the trail. */
export async function openUnmasking(services: Services, caller: Caller, session: string, id: string) {
  await refuseUnconfirmed(services, caller, session);
  const { study, user } = caller;
  const letters = await lettersOf(services, study);
  const openedAt = await services.db.write(async (tx) => {
    await transactionLock(tx, `board ${study.id}`);
    const request = await findUnmasking(tx, study.id, id);
    if (!request) throw notFound('The request');
    if (request.requested_by !== user.id)
      throw notAllowed('Only the person who asked can take the second step.');
    if (request.opened_at !== null)
      throw conflict(
        'This request was used already. Ask again, with a reason, if the arms are needed again.',
      );
    const now = services.now();
    if (now.getTime() > Date.parse(request.requested_at) + MINUTES * 60_000)
      throw conflict('The request is older than ten minutes. Nothing was shown; ask again with the reason.');
    const at = now.toISOString();
    await insertUnmaskingOpened(tx, { unmasking_id: id, opened_at: at, opened_by: user.id });
    await appendAudit(tx, caller, at, {
      action: 'board.unmask',
      subject: 'board',
      reason: request.reason,
      changesData: false,
    });
    return at;
  });
  const shown = study.document.arms.map(({ id: arm, short, name }) => ({
    letter: letters.get(arm)!,
    short,
    name,
  }));
  return { openedAt, letters: shown.sort((a, b) => (a.letter < b.letter ? -1 : 1)) };
}
