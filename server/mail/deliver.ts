import nodemailer, { type Transporter } from 'nodemailer';
import { unseal } from '../randomisation/seal.ts';
import type { Services } from '../services.ts';
import { mailLabel } from './queue.ts';
import { claimMail, type DueMail, dueMail, markFailed, markSent } from './store.ts';

const MINUTE = 60_000;
/** A process that ends while it sends leaves the mail to another after this long. */
const CLAIM_MS = 5 * MINUTE;
/** How long after each failure it is tried again: two days in all. */
const WAITS = [1, 2, 5, 15, 30, 60, 120, 240, 480, 960, 960].map((minutes) => minutes * MINUTE);
const AT_ONCE = 20;

const transports = new WeakMap<object, Transporter>();

function transportOf({ mail }: Services['config']): Transporter {
  const known = transports.get(mail!);
  if (known) return known;
  const made = nodemailer.createTransport({
    url: mail!.smtpUrl,
    connectionTimeout: 15_000,
    greetingTimeout: 15_000,
    socketTimeout: 30_000,
  });
  transports.set(mail!, made);
  return made;
}

/** Sends what is due. Never throws: a mail that fails is logged and tried again later. @returns how many were sent */
export async function deliverMail(services: Services): Promise<number> {
  if (services.config.mail === null) return 0;
  let sent = 0;
  try {
    for (;;) {
      const now = services.now();
      const due = await dueMail(services.db.read, now.toISOString(), AT_ONCE);
      for (const mail of due) if (await deliver(services, mail)) sent += 1;
      if (due.length < AT_ONCE) return sent;
    }
  } catch (error) {
    services.log.error({ err: String(error) }, 'mail: the outbox could not be read');
    return sent;
  }
}

async function deliver(services: Services, mail: DueMail): Promise<boolean> {
  const now = services.now();
  const until = new Date(now.getTime() + CLAIM_MS).toISOString();
  if (!(await services.db.write((tx) => claimMail(tx, mail.id, now.toISOString(), until)))) return false;
  try {
    await transportOf(services.config).sendMail({
      from: services.config.mail!.from,
      to: mail.recipient,
      subject: mail.subject,
      text: unseal(services.config.key, mailLabel(mail.id), mail.body).toString('utf8'),
    });
  } catch (error) {
    const wait = WAITS[mail.tries];
    const next = wait === undefined ? null : new Date(now.getTime() + wait).toISOString();
    const why = error instanceof Error ? error.message : String(error);
    await services.db.write((tx) => markFailed(tx, mail.id, why, next));
    services.log.warn({ mail: mail.id, tries: mail.tries + 1, next, why }, 'mail: not sent');
    return false;
  }
  await services.db.write((tx) => markSent(tx, mail.id, services.now().toISOString()));
  return true;
}

/** Sends what is due without anybody waiting for it. */
export function deliverSoon(services: Services): void {
  setImmediate(() => void deliverMail(services));
}

/** Looks into the outbox now and then, for what failed or was left. @returns ends it, once what is under way is done */
export function startPostman(services: Services, every = MINUTE / 2): () => Promise<void> {
  if (services.config.mail === null) return async () => undefined;
  let underWay: Promise<unknown> = deliverMail(services);
  const timer = setInterval(() => {
    underWay = underWay.then(() => deliverMail(services));
  }, every);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await underWay;
  };
}
