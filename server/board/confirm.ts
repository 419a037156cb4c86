import { type Proof, reauthenticate } from '../accounts/reauthenticate.ts';
import { appendAudit } from '../audit/append.ts';
import type { Connection } from '../db/database.ts';
import { notAllowed } from '../errors.ts';
import type { Caller, Services } from '../services.ts';
import { refuseBlinded } from './prepare.ts';
import { confirmedUntil, insertConfirmation } from './store.ts';

const MINUTES = 15;

/** The sign-in step of closed reports: whoever is signed in proves again who they are, for this session and study. */
export async function confirmBoard(
  services: Services,
  caller: Caller,
  session: string,
  proof: Proof,
  address: string,
): Promise<{ until: string }> {
  refuseBlinded(caller);
  const { study, user } = caller;
  await reauthenticate(services, user, proof, `closed reports of ${study.id}`, address);
  return services.db.write(async (tx) => {
    const now = services.now();
    const at = now.toISOString();
    const until = new Date(now.getTime() + MINUTES * 60_000).toISOString();
    await insertConfirmation(tx, {
      id: crypto.randomUUID(),
      study_id: study.id,
      user_id: user.id,
      session_id: session,
      confirmed_at: at,
      until,
    });
    await appendAudit(tx, caller, at, { action: 'board.confirm', subject: 'board', changesData: false });
    return { until };
  });
}

/** Until when the session may open closed reports; null where it has to confirm first. */
export async function openUntil(
  services: Services,
  db: Connection,
  { study, user }: Pick<Caller, 'study' | 'user'>,
  session: string,
): Promise<string | null> {
  const until = await confirmedUntil(db, { study: study.id, user: user.id, session });
  return until !== undefined && until > services.now().toISOString() ? until : null;
}

/** @throws {Refused} for a blinded caller, and where the sign-in step was not taken or is over */
export async function refuseUnconfirmed(services: Services, caller: Caller, session: string): Promise<void> {
  refuseBlinded(caller);
  if ((await openUntil(services, services.db.read, caller, session)) === null)
    throw notAllowed(
      `Closed reports need you to sign in once more; that lasts ${MINUTES} minutes. Nothing was shown.`,
    );
}
