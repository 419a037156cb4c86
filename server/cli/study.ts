import { join } from 'node:path';
import type { Command } from 'commander';
import type { Warnings } from '../documents/parse.ts';
import { dataFolder } from '../paths.ts';
import { addStudy } from '../studies/add.ts';
import { amendStudy } from '../studies/amend.ts';
import { loadStudy } from '../studies/load.ts';
import { currentStudy, listStudies } from '../studies/store.ts';
import { withServices } from './withServices.ts';

export function studyCommand(program: Command): void {
  const study = program.command('study').description('Study documents on this server.');
  study
    .command('add')
    .description('Check a study document and add the study; prints the commitment of its allocation.')
    .argument('<file>', 'study document (YAML)')
    .option(
      '--instruments <folder...>',
      'folders of instrument documents of your own; they override those shipped',
    )
    .option('--check', 'only check the document; nothing is written')
    .action(async (file: string, options: { instruments?: string[]; check?: boolean }) => {
      const folders = [join(dataFolder, 'instruments'), ...(options.instruments ?? [])];
      const loaded = await loadStudy(file, folders, toldOf);
      if (options.check) {
        process.stdout.write(
          `${file}: ${loaded.document.title}, version ${loaded.document.version}: no problem found.\n`,
        );
        return;
      }
      const added = await withServices((services) => addStudy(services, loaded));
      process.stdout.write(
        `Added ${loaded.document.id}, version ${loaded.document.version}.\n` +
          `Document hash        ${added.hash}\n` +
          `Allocation commitment ${added.commitment}\n` +
          'Publish the commitment (registry, ethics file): it proves later that the allocation was not steered.\n',
      );
    });
  study
    .command('amend')
    .description(
      'Put an amended study document into force as the next version; a changed allocation begins a new epoch.',
    )
    .argument('<file>', 'study document (YAML) with a higher version')
    .option('--instruments <folder...>', 'folders of instrument documents of your own')
    .action(async (file: string, options: { instruments?: string[] }) => {
      const loaded = await loadStudy(file, [join(dataFolder, 'instruments'), ...(options.instruments ?? [])]);
      const { hash, epoch } = await withServices((services) => amendStudy(services, loaded));
      process.stdout.write(
        `${loaded.document.id} is in version ${loaded.document.version} now.\nDocument hash         ${hash}\n`,
      );
      if (epoch)
        process.stdout.write(
          `Allocation epoch      ${epoch.number}; ${epoch.retired} open blocks retired\nAllocation commitment ${epoch.commitment}\n`,
        );
    });
  study
    .command('list')
    .description('List the studies: id, code, version, title; tab-separated.')
    .action(() =>
      withServices(async ({ db }) => {
        for (const { id } of await listStudies(db.read)) {
          const { document, version } = (await currentStudy(db.read, id))!;
          process.stdout.write(`${id}\t${document.code}\t${version}\t${document.title}\n`);
        }
      }),
    );
}

/** Warnings go to standard error, each with its line and column; nothing stops for them. */
function toldOf({ file, issues }: Warnings): void {
  for (const { line, column, message } of issues)
    process.stderr.write(`${file}:${line}:${column}: warning: ${message}\n`);
}
