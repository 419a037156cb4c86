import { existsSync, rmSync } from 'node:fs';
import type { Command } from 'commander';
import { anyUser } from '../accounts/store.ts';
import { type Config, readConfig } from '../config.ts';
import { readCalibration } from '../demo/calibration.ts';
import { webFolder } from '../paths.ts';
import type { Services } from '../services.ts';
import { listStudies } from '../studies/store.ts';
import { progressBar } from './progress.ts';
import { untilStopped } from './untilStopped.ts';

export function demoCommand(program: Command): void {
  program
    .command('demo')
    .description(
      'Start a server with the depression trial in synthetic data, and print one sign-in for each role.',
    )
    .option('--keep', 'go on with what was entered in the last demonstration')
    .option('--seed-only', 'fill the database, print the sign-ins and end')
    .action(async (options: { keep?: boolean; seedOnly?: boolean }) => {
      const config = readConfig(
        { LOG_LEVEL: 'warn', EQUIPOISE_TIME_ZONE: 'Europe/Helsinki', ...process.env },
        'demo.sqlite',
      );
      if (!options.keep) startAfresh(config);
      const { openServices } = await import('../open.ts');
      const services = await openServices(config);
      await fill(services);
      const { people, password, note } = await readCalibration();
      services.demoSignIns = Object.entries(people).map(([role, { email }]) => ({ role, email, password }));
      const { listen } = await import('../start.ts');
      const server = options.seedOnly ? null : await listen(services, webFolder);
      const lines = services.demoSignIns.map(
        (one) => `  ${one.role.padEnd(18)} ${one.email.padEnd(30)} ${one.password}`,
      );
      process.stdout.write(`\n${note}\n\nSign-ins\n${lines.join('\n')}\n\n`);
      if (server) {
        process.stdout.write(`Equipoise listens on ${server.url}\n`);
        await untilStopped(server);
      } else await services.db.close();
    });
}

/** Only the demonstration's own file is ever removed; a database that DATABASE_URL names is never touched. */
function startAfresh(config: Config): void {
  if (process.env.DATABASE_URL || !config.databaseUrl.startsWith('sqlite:')) return;
  const file = config.databaseUrl.slice('sqlite:'.length);
  for (const ending of ['', '-wal', '-shm']) if (existsSync(file + ending)) rmSync(file + ending);
}

async function fill(services: Services): Promise<void> {
  if (await anyUser(services.db.read)) {
    const studies = await listStudies(services.db.read);
    const { study } = await readCalibration();
    if (!studies.some(({ id }) => id === study))
      throw new Error(
        'The database of DATABASE_URL is in use and holds no demonstration. Nothing was changed; choose an empty one.',
      );
    return;
  }
  const bar = progressBar('Making the demonstration', 'steps');
  const { seedDemonstration } = await import('../demo/seed.ts');
  await seedDemonstration(services, (done, total) => bar.to(done, total));
  bar.end();
}
