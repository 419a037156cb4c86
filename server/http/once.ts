import { createHmac } from 'node:crypto';
import type { Transaction } from '../db/database.ts';
import { conflict } from '../errors.ts';
import type { Services, User } from '../services.ts';
import { canonicalJson } from '../studies/canonical.ts';
import { findFirst, keepFirst } from './store.ts';

interface Act {
  user: User;
  /** Participant IDs may be the same in two studies. */
  study: string;
  endpoint: string;
  key: string;
  /** What was asked for: the same key with another payload is a mistake of the client. */
  payload: unknown;
  /** Whether it takes a few milliseconds, and may share its commit with others. */
  short?: boolean;
}

/**
 * Does the work once for each key: a retry gets the first result, from the same transaction that did the work.
 * @throws Refused (conflict) when the key was used with another payload.
 */
export async function once<T>(
  services: Services,
  act: Act,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  const payloadHash = createHmac('sha256', services.config.key)
    .update(canonicalJson([act.study, act.endpoint, act.payload]))
    .digest('hex');
  const earlier = async (db: Parameters<typeof findFirst>[0]): Promise<{ reply: T } | null> => {
    const first = await findFirst(db, act.user.id, act.key);
    if (!first) return null;
    if (first.payload_hash !== payloadHash)
      throw conflict(
        'This key was used for another request already. Nothing was changed; start the step again.',
      );
    return { reply: JSON.parse(first.reply) as T };
  };
  const doOnce = async (tx: Transaction): Promise<T> => {
    const reply = await work(tx);
    await keepFirst(tx, {
      user_id: act.user.id,
      key: act.key,
      endpoint: act.endpoint,
      payload_hash: payloadHash,
      reply: JSON.stringify(reply),
      at: services.now().toISOString(),
    });
    return reply;
  };
  // Of what is quick, a retry is rarer than the question would be dear: it is told by the key that is there already.
  const done = act.short ? null : await earlier(services.db.read);
  if (done) return done.reply;
  try {
    return await services.db.write(doOnce, { short: act.short ?? false });
  } catch (error) {
    // A retry, perhaps at the same moment: the first one won, and this one left nothing.
    const first = await earlier(services.db.read);
    if (first) return first.reply;
    throw error;
  }
}
