import { randomBytes } from 'node:crypto';
import { type Command, Option } from 'commander';
import { setDisabledOf } from '../accounts/disabled/disable.ts';
import { resetFactorOf } from '../accounts/factor/manage.ts';
import { checkAccountLog } from '../accounts/log/check.ts';
import { addPerson } from '../accounts/people.ts';
import { setPasswordOf } from '../accounts/resetPassword.ts';
import { findUser } from '../accounts/store.ts';
import { type RoleName, roleName } from '../studies/document.ts';
import { commandCaller } from './commandCaller.ts';
import { withServices } from './withServices.ts';

interface Options {
  name: string;
  study: string;
  role: RoleName;
  site?: string;
  password?: string;
}

export function userCommand(program: Command): void {
  const user = program.command('user').description('People on this server.');
  user
    .command('password')
    .description('Set a forgotten password anew and print it; every session of the account ends.')
    .argument('<email>')
    .option('--password <password>', 'at least 12 characters (made up and printed)')
    .action((email: string, options: { password?: string }) =>
      withServices(async (services) => {
        const password = options.password ?? randomBytes(12).toString('base64url');
        await setPasswordOf(services, email, password);
        process.stdout.write(
          options.password === undefined ? `New password: ${password}\n` : 'The password is set.\n',
        );
      }),
    );
  user
    .command('reset-two-factor')
    .description('Take away the second factor of somebody who lost it; every session of the account ends.')
    .argument('<email>')
    .action((email: string) =>
      withServices(async (services) => {
        await resetFactorOf(services, email);
        process.stdout.write(
          `${email} signs in with the password alone until a second factor is set up anew.\n`,
        );
      }),
    );
  for (const disabled of [true, false])
    user
      .command(disabled ? 'disable' : 'enable')
      .description(
        disabled
          ? 'Disable an account; it is signed out everywhere at once.'
          : 'Enable a disabled account again.',
      )
      .argument('<email>')
      .action((email: string) =>
        withServices(async (services) => {
          await setDisabledOf(services, email, disabled);
          process.stdout.write(`The account of ${email} is ${disabled ? 'disabled' : 'enabled'}.\n`);
        }),
      );
  user
    .command('check-log')
    .description('Follow the hash chain of the account log; exit code 1 where it is broken.')
    .action(() =>
      withServices(async (services) => {
        const { entries, broken } = await checkAccountLog(services.db.read);
        if (broken !== null) throw new Error(`The account log is broken at entry ${broken}.`);
        process.stdout.write(`The account log is whole: ${entries} entries.\n`);
      }),
    );
  user
    .command('add')
    .description(
      'Give a person a role in a study; makes the account, and prints its first password, where there is none.',
    )
    .argument('<email>')
    .requiredOption('--name <name>', 'the person’s name')
    .requiredOption('--study <id>', 'the study')
    .addOption(new Option('--role <role>', 'the role').choices(roleName.options).makeOptionMandatory())
    .option('--site <id>', 'only at this site (all sites)')
    .option('--password <password>', 'first password, at least 12 characters (made up and printed)')
    .action((email: string, options: Options) =>
      withServices(async (services) => {
        // Whoever has the database stands above the roles of a study: the trail says who, and no role.
        const caller = { ...(await commandCaller(services, options.study)), roles: [] };
        const known = await findUser(services.db.read, email);
        const password = options.password ?? randomBytes(12).toString('base64url');
        await addPerson(services, caller, {
          name: options.name,
          email,
          role: options.role,
          site: options.site ?? null,
          password,
        });
        process.stdout.write(
          `${email} is ${options.role} in ${options.study}${options.site ? ` at ${options.site}` : ''}.\n`,
        );
        if (!known && options.password === undefined) process.stdout.write(`First password: ${password}\n`);
      }),
    );
}
