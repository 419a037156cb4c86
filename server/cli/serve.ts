import type { Command } from 'commander';
import { readConfig } from '../config.ts';
import { webFolder } from '../paths.ts';
import { untilStopped } from './untilStopped.ts';

export function serveCommand(program: Command): void {
  program
    .command('serve')
    .description(
      'Start the server. On an empty database it prints a one-time link to make the owner’s account.',
    )
    .action(async () => {
      const { openSetup } = await import('../accounts/setup.ts');
      const { openServices } = await import('../open.ts');
      const { listen } = await import('../start.ts');
      const services = await openServices(readConfig());
      const token = await openSetup(services);
      const server = await listen(services, webFolder);
      const address = services.config.publicUrl ?? server.url;
      process.stdout.write(`Equipoise listens on ${address}\n`);
      if (token !== null)
        process.stdout.write(
          `There is no account yet. Make the owner’s account with this link; it works once:\n  ${address}/setup#token=${token}\n`,
        );
      await untilStopped(server);
    });
}
