import { conflict } from '../../errors.ts';
import type { Language } from '../../language/language.rules.ts';
import { deliverSoon } from '../../mail/deliver.ts';
import { queueMail } from '../../mail/queue.ts';
import type { Services } from '../../services.ts';
import { beginAttempt } from '../attempts/count.ts';
import { isDisabled } from '../disabled/store.ts';
import { logAccount } from '../log/append.ts';
import { hashOfToken, linkOf, newToken } from '../oneTimeLink.ts';
import { refuseWeakPassword } from '../password.ts';
import { endSessions, findUser, languageOfAccount, userById } from '../store.ts';
import { insertLink, linkMadeAfter, spendLink, userOfLink } from './store.ts';

const MINUTE = 60_000;
const LASTS = 60 * MINUTE;
/** One person gets no more than one such mail in this time. */
const PAUSE = 5 * MINUTE;

/**
 * Sends a link that works once, for an hour, where there is an account; says the same where there is none.
 * @param asked the language of the page that asks, for an account that has chosen none
 */
export async function askPasswordLink(services: Services, email: string, address: string, asked?: Language) {
  if (services.config.mail === null)
    throw conflict('This server sends no mail. Ask the owner of your study for a new password.');
  await beginAttempt(services, { email: `new password ${email}`, address });
  const user = await findUser(services.db.read, email);
  const now = services.now();
  const at = now.toISOString();
  await services.db.write(async (tx) => {
    if (!user || (await isDisabled(tx, user.id))) return;
    if (await linkMadeAfter(tx, user.id, new Date(now.getTime() - PAUSE).toISOString())) return;
    const { token, hash } = newToken();
    const expiresAt = new Date(now.getTime() + LASTS).toISOString();
    await insertLink(tx, { hash, user: user.id, at, expiresAt });
    await queueMail(tx, services, {
      to: user.email,
      language: (await languageOfAccount(tx, email)) ?? asked ?? 'en',
      subject: 'A new password for Equipoise',
      paragraphs: [
        `Dear ${user.name},`,
        'Somebody, hopefully you, asked for a new password. Open this link to set it. It works once, for an hour:',
        linkOf(services.config, 'new-password', token),
        'If it wasn’t you, you need do nothing: your password is as it was.',
      ],
    });
    await logAccount(tx, at, { action: 'password.link-asked', by: null, about: user, address });
  });
  deliverSoon(services);
  return { asked: true as const };
}

/** Sets the password of the link's account. @throws Refused (conflict) for a link that can't be used any more */
export async function usePasswordLink(
  services: Services,
  input: { token: string; password: string },
  address: string,
) {
  const hash = hashOfToken(input.token);
  const at = services.now().toISOString();
  const id = await userOfLink(services.db.read, hash, at);
  const user = id === null ? null : await userById(services.db.read, id);
  const gone = () =>
    conflict(
      'This link was used already, or is older than an hour. Your password is as it was; ask for a new link.',
    );
  if (!user || (await isDisabled(services.db.read, user.id))) throw gone();
  refuseWeakPassword(input.password, user);
  const { internalAdapter, password } = await services.auth.$context;
  const hashed = await password.hash(input.password);
  if (!(await services.db.write((tx) => spendLink(tx, hash, user.id, at)))) throw gone();
  await internalAdapter.updatePassword(user.id, hashed);
  await services.db.write(async (tx) => {
    await endSessions(tx, user.id);
    await logAccount(tx, at, { action: 'password.link-used', by: null, about: user, address });
  });
  return { renewed: true as const };
}
