import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { notValid } from '../errors.ts';
import { keyringOf } from '../identity/keys.ts';
import { rotateIdentities } from '../identity/rotate.ts';
import { listStudies } from '../studies/store.ts';
import { commandCaller } from './commandCaller.ts';
import { withServices } from './withServices.ts';

export function identityCommand(program: Command): void {
  program
    .command('identity')
    .description('Names and contact details, sealed apart from the research data.')
    .command('rotate')
    .description(
      'Seal every identity again under the key in use. Safe to interrupt and run again; the earlier key opens what is left until it is done.',
    )
    .option('--new-key <file>', 'file with the new key, 64 hexadecimal digits (EQUIPOISE_IDENTITY_KEY)')
    .option('--old-key <file>', 'file with the one before (EQUIPOISE_IDENTITY_OLD_KEY)')
    .action(async (options: { newKey?: string; oldKey?: string }) => {
      const [newKey, oldKey] = await Promise.all([keyIn(options.newKey), keyIn(options.oldKey)]);
      await withServices(async (services) => {
        const { config } = services;
        const keys = {
          ...config,
          identityKey: newKey ?? config.identityKey,
          identityOldKey: oldKey ?? (newKey ? config.identityKey : undefined) ?? config.identityOldKey,
        };
        const inside = { ...services, config: keys };
        let records = 0;
        for (const { id: study } of await listStudies(services.db.read))
          records += await rotateIdentities(inside, await commandCaller(inside, study), (done, left) =>
            process.stderr.write(`${study}: ${done} sealed again, ${left} left\n`),
          );
        process.stdout.write(
          `${records} identities were sealed again; all are under the key ${keyringOf(keys).current.name}.\n`,
        );
      });
    });
}

async function keyIn(path: string | undefined): Promise<Buffer | undefined> {
  if (path === undefined) return undefined;
  const text = (await readFile(path, 'utf8')).trim();
  if (!/^[0-9a-f]{64}$/i.test(text))
    throw notValid(`${path} must hold 64 hexadecimal digits. Nothing was changed.`);
  return Buffer.from(text, 'hex');
}
