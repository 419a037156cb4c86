import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { PassThrough, type Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { Argument, type Command } from 'commander';
import type { Progress } from '../exports/write.ts';
import type { Caller, Services } from '../services.ts';
import { commandCaller } from './commandCaller.ts';
import { progressBar } from './progress.ts';
import { withServices } from './withServices.ts';

const files = [
  'long',
  'wide',
  'harms',
  'deviations',
  'medication',
  'sessions',
  'dictionary',
  'results',
  'analysis',
] as const;
type File = (typeof files)[number];

export function exportCommand(program: Command): void {
  program
    .command('export')
    .description(
      'Write data as CSV: tidy long, wide, adverse events, deviations, medication, sessions, the data dictionary, the results by arm and visit, or the table that `equipoise analyse --study` reads.',
    )
    .addArgument(new Argument('<file>', 'what').choices(files))
    .requiredOption('--study <id>', 'the study')
    .option('--out <path>', 'the file to write (standard output)')
    .action((file: File, options: { study: string; out?: string }) =>
      withServices(async (services) => {
        const caller = await commandCaller(services, options.study);
        if (options.out === undefined) await write(services, caller, file, standardOutput());
        else await toFile(options.out, (sink) => write(services, caller, file, sink));
      }),
    );
}

async function write(services: Services, caller: Caller, file: File, sink: Writable): Promise<void> {
  const { recordFiles } = await import('../exports/recordFiles.ts');
  const { writeDictionary, writeLong, writeRecords, writeWide } = await import('../exports/write.ts');
  const { answerFor } = await import('../results/kept.ts');
  const { materialOf } = await import('../analyses/study/material.ts');
  const bar = progressBar('Exporting', 'participants');
  const onProgress: Progress = ({ participants, of }) => bar.to(participants, of);
  if (file === 'long') await writeLong(services, caller, sink, onProgress);
  else if (file === 'wide') await writeWide(services, caller, sink, onProgress);
  else if (file === 'dictionary') await writeDictionary(services, caller, sink);
  else if (file === 'harms') await writeRecords(services, caller, recordFiles.harms, sink);
  else if (file === 'deviations') await writeRecords(services, caller, recordFiles.deviations, sink);
  else if (file === 'medication') await writeRecords(services, caller, recordFiles.medication, sink);
  else if (file === 'sessions') await writeRecords(services, caller, recordFiles.sessions, sink);
  else if (file === 'analysis') sink.write((await materialOf(services, services.db.read, caller)).csv);
  else {
    const question = { what: 'rows-csv', query: { population: 'all-randomised' } } as const;
    sink.write((await answerFor(services, caller, question)).body);
  }
  bar.end();
  sink.end();
  await finished(sink);
}

/** Written beside its place first, so that a file of that name is always whole. */
async function toFile(path: string, work: (sink: Writable) => Promise<void>): Promise<void> {
  const partial = `${path}.partial`;
  try {
    await work(createWriteStream(partial));
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

/** Standard output that can be ended without closing the process's own. A reader that stops early is no error. */
function standardOutput(): Writable {
  const sink = new PassThrough();
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  sink.pipe(process.stdout, { end: false });
  return sink;
}
