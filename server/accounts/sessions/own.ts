import type { Transaction } from '../../db/database.ts';
import { notFound } from '../../errors.ts';
import type { Services, User } from '../../services.ts';
import { backupCodesLeft, readFactor } from '../factor/store.ts';
import { logAccount } from '../log/append.ts';
import { deviceOf } from './device.rules.ts';
import { deleteOtherSessions, deleteSession, sessionsOf } from './store.ts';

/** One's own account, and where one is signed in. */
export async function readAccount(services: Services, user: User, current: string) {
  const db = services.db.read;
  const [factor, left, sessions] = await Promise.all([
    readFactor(db, user.id),
    backupCodesLeft(db, user.id),
    // Sessions are dated by the accounts library, whose clock is the machine's.
    sessionsOf(db, user.id, new Date()),
  ]);
  const since = factor?.confirmedAt ?? null;
  return {
    secondFactor: { on: since !== null, since, backupCodesLeft: since === null ? 0 : left },
    sessions: sessions.map(({ id, userAgent, startedAt, seenAt }) => ({
      id,
      device: deviceOf(userAgent),
      startedAt,
      seenAt,
      current: id === current,
    })),
  };
}

/** Ends one of one's own sessions. @throws Refused (not-found) */
export async function endSession(services: Services, user: User, id: string) {
  return end(services, user, async (tx) => {
    const ended = await deleteSession(tx, user.id, id);
    if (ended === 0) throw notFound('The session');
    return ended;
  });
}

/** Ends every session of one's own but this. */
export async function endOtherSessions(services: Services, user: User, current: string) {
  return end(services, user, (tx) => deleteOtherSessions(tx, user.id, current));
}

async function end(services: Services, user: User, work: (tx: Transaction) => Promise<number>) {
  return services.db.write(async (tx) => {
    const ended = await work(tx);
    if (ended > 0)
      await logAccount(tx, services.now().toISOString(), {
        action: 'session.ended',
        by: user,
        about: user,
        detail: { sessions: ended },
      });
    return { ended };
  });
}
