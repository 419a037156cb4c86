import { appendAudit } from '../../audit/append.ts';
import type { Transaction } from '../../db/database.ts';
import { conflict, notFound } from '../../errors.ts';
import type { Caller, Services, User } from '../../services.ts';
import { commandLine } from '../../studies/add.ts';
import { logAccount } from '../log/append.ts';
import { manageablePerson } from '../manageable.ts';
import { endSessions, findUser } from '../store.ts';
import { deleteDisabled, insertDisabled } from './store.ts';

/** Disables the account at once, wherever it is signed in; its roles and what it entered stay. Or enables it again. */
export async function setDisabled(services: Services, caller: Caller, person: string, disabled: boolean) {
  const user = await manageablePerson(
    services,
    caller,
    person,
    'The account is as it was; the keeper of the server can disable it with “equipoise user disable”.',
  );
  if (user.id === caller.user.id) throw conflict('You can’t disable your own account.');
  const at = services.now().toISOString();
  await services.db.write(async (tx) => {
    await change(tx, user, disabled, caller.user, at, caller.study.id);
    await appendAudit(tx, caller, at, {
      action: disabled ? 'people.disable' : 'people.enable',
      subject: `person:${person}`,
      changesData: false,
    });
  });
  return { disabled };
}

/** For the command line, which the keeper of the server has. @throws Refused (not found, conflict) */
export async function setDisabledOf(services: Services, email: string, disabled: boolean): Promise<void> {
  const user = await findUser(services.db.read, email);
  if (!user) throw notFound(`An account of ${email}`);
  await services.db.write((tx) => change(tx, user, disabled, commandLine, services.now().toISOString()));
}

async function change(
  tx: Transaction,
  user: User,
  disabled: boolean,
  by: User,
  at: string,
  study?: string,
): Promise<void> {
  const changed = disabled ? await insertDisabled(tx, user.id, at, by.id) : await deleteDisabled(tx, user.id);
  if (!changed)
    throw conflict(`The account of ${user.name} is ${disabled ? 'disabled' : 'enabled'} already.`);
  if (disabled) await endSessions(tx, user.id);
  await logAccount(tx, at, {
    action: disabled ? 'account.disabled' : 'account.enabled',
    by,
    about: user,
    study,
  });
}
