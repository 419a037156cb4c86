import type { Transaction } from '../db/database.ts';
import type { Language } from '../language/language.rules.ts';
import { seal } from '../randomisation/seal.ts';
import type { Services } from '../services.ts';
import { insertMail } from './store.ts';
import { type Letter, letterIn } from './words.ts';

export interface Mail extends Letter {
  to: string;
  /** Of whoever gets it. */
  language: Language;
}

export const mailLabel = (id: string): string => `mail ${id}`;

/**
 * Puts a mail into the outbox, in the transaction of what it tells of: it goes out if that is committed, and only then.
 * Call `deliverSoon` after the transaction. Where no mail server is configured nothing is kept.
 */
export async function queueMail(tx: Transaction, services: Services, mail: Mail): Promise<void> {
  if (services.config.mail === null) return;
  const { subject, text } = letterIn(mail.language, mail);
  const id = crypto.randomUUID();
  const at = services.now().toISOString();
  await insertMail(tx, {
    id,
    recipient: mail.to,
    subject,
    body: seal(services.config.key, mailLabel(id), Buffer.from(text)),
    queued_at: at,
    tries: 0,
    next_at: at,
    sent_at: null,
    last_error: null,
  });
}
