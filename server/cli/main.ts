import { Command, CommanderError } from 'commander';
import { Refused } from '../errors.ts';
import { VERSION } from '../version.ts';
import { accessCommand } from './access.ts';
import { analyseCommand } from './analyse.ts';
import { auditCommand } from './audit.ts';
import { boardCommand } from './board.ts';
import { demoCommand } from './demo.ts';
import { exportCommand } from './export.ts';
import { identityCommand } from './identity.ts';
import { importCommand } from './import.ts';
import { randomisationCommand } from './randomisation.ts';
import { reportCommand } from './report.ts';
import { schemaCommand } from './schema.ts';
import { serveCommand } from './serve.ts';
import { studyCommand } from './study.ts';
import { userCommand } from './user.ts';

/** Exit codes that scripts can trust. */
export const EXIT = { done: 0, failed: 1, usage: 2, refused: 3 } as const;

/**
 * Runs one command.
 * @returns the exit code: 0 done, 1 failed, 2 the command line isn't right, 3 the input was refused and nothing was written
 */
export async function main(argv: readonly string[]): Promise<number> {
  const program = new Command('equipoise')
    .description('Runs a randomised trial from the first screened person to the final figure.')
    .version(VERSION)
    .addHelpText('after', environmentHelp)
    .showHelpAfterError('(see --help)')
    .exitOverride();
  for (const add of [
    serveCommand,
    demoCommand,
    schemaCommand,
    studyCommand,
    importCommand,
    exportCommand,
    analyseCommand,
    reportCommand,
    boardCommand,
    userCommand,
    accessCommand,
    randomisationCommand,
    auditCommand,
    identityCommand,
  ])
    add(program);
  try {
    await program.parseAsync(argv);
    return typeof process.exitCode === 'number' ? process.exitCode : EXIT.done;
  } catch (error) {
    return explain(error);
  }
}

const environmentHelp = `
Environment:
  PORT, HOST           address of the server (127.0.0.1:4000)
  DATABASE_URL         sqlite:FILE or postgres://… (a SQLite file in EQUIPOISE_HOME)
  EQUIPOISE_HOME       folder of the database and the key (var)
  EQUIPOISE_KEY        64 hexadecimal digits that seal secrets (the file EQUIPOISE_HOME/key)
  EQUIPOISE_IDENTITY_KEY      64 hexadecimal digits that seal names and contacts (derived from EQUIPOISE_KEY)
  EQUIPOISE_IDENTITY_OLD_KEY  the one before, until “identity rotate” is done
  EQUIPOISE_URL        public address, where a proxy stands in front
  EQUIPOISE_SMTP_URL   mail server, smtp://user:password@host:587 (no mail is sent)
  EQUIPOISE_MAIL_FROM  whom mail comes from: Equipoise <trials@example.org>
  EQUIPOISE_TIME_ZONE  where the study's days begin (the machine's time zone)
  EQUIPOISE_CHROMIUM   Chromium that prints reports as PDF, or none (the first in the PATH)
  LOG_LEVEL            silent, error, warn, info or debug (info)

Exit codes: 0 done, 1 failed, 2 the command line isn't right, 3 the input was refused and nothing was written.`;

function explain(error: unknown): number {
  if (error instanceof CommanderError) {
    // Help and version were asked for; a mistake was explained by commander already.
    return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  }
  if (error instanceof Refused) {
    process.stderr.write(`${error.message}\n`);
    for (const issue of error.detail.issues ?? [])
      process.stderr.write(`  ${issue.path}: ${issue.message}\n`);
    return EXIT.refused;
  }
  if (error instanceof Error && error.name === 'DocumentError') {
    process.stderr.write(`${error.message}\n`);
    return EXIT.refused;
  }
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  if (process.env.LOG_LEVEL === 'debug' && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  return EXIT.failed;
}
