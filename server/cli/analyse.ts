import { readFile, rename, stat, writeFile } from 'node:fs/promises';
import { type Command, InvalidArgumentError } from 'commander';
import { commandCaller } from './commandCaller.ts';
import { progressBar } from './progress.ts';
import { withServices } from './withServices.ts';

interface Options {
  plan?: string;
  study?: string;
  out: string;
  seed: number;
  threads?: number;
}

export function analyseCommand(program: Command): void {
  program
    .command('analyse')
    .description(
      'Run an analysis plan over any tidy CSV, without server and database; or a study’s own plan over the CSV of `equipoise export analysis`.',
    )
    .argument('<data>', 'the CSV')
    .option('--plan <file>', 'the analysis plan (YAML)')
    .option(
      '--study <path-or-id>',
      'instead: a study document, its folder, or the id of a study in the database',
    )
    .requiredOption('--out <file>', 'where the results go (JSON)')
    .option('--seed <number>', 'seed of imputation and resampling', seed, 1)
    .option(
      '--threads <number>',
      'worker threads (one for each core); the numbers stay the same',
      wholeNumber,
    )
    .action(async (path: string, options: Options) => {
      const [{ stepsOnFiles }, { runOnThreads }] = await Promise.all([
        import('../analyses/run.ts'),
        import('../analyses/workers.ts'),
      ]);
      const steps = stepsOnFiles({ path, bytes: await readFile(path) }, await planFrom(options, program), {
        seed: options.seed,
        ranAt: new Date().toISOString(),
      });
      const bar = progressBar('Resampling', 'pieces');
      const results = await runOnThreads(steps, { threads: options.threads, onProgress: bar.to }).finally(
        bar.end,
      );
      await writeWhole(options.out, `${JSON.stringify(results, null, 2)}\n`);
      const without = results.rows.filter((row) => row.estimate === null && row.p === null).length;
      process.stdout.write(
        `${results.data.participants} participants, ${results.analyses.length} analyses, ${results.rows.length} rows${without > 0 ? `, ${without} without numbers (each says why)` : ''}: ${options.out}\n`,
      );
    });
}

async function planFrom(
  { plan, study }: Options,
  program: Command,
): Promise<{ path: string; bytes: Buffer }> {
  if ((plan === undefined) === (study === undefined))
    program.error('error: give either --plan with a plan or --study with a study');
  if (plan !== undefined) return { path: plan, bytes: await readFile(plan) };
  const { planFile, planOfDocument } = await import('../analyses/study/documentPlan.ts');
  const isThere = await stat(study!).then(
    () => true,
    () => false,
  );
  if (isThere) return planOfDocument(study!);
  const { materialOf } = await import('../analyses/study/material.ts');
  return withServices(async (services) => {
    const caller = await commandCaller(services, study!);
    const { replay } = await materialOf(services, services.db.read, caller);
    return planFile(caller.study, replay, `${caller.study.id}, version ${caller.study.document.version}`);
  });
}

/** Written beside its place first, so that a file of that name is always whole. */
export async function writeWhole(path: string, text: string | Buffer): Promise<void> {
  const partial = `${path}.partial`;
  await writeFile(partial, text);
  await rename(partial, path);
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 64)
    throw new InvalidArgumentError('A number of threads is from 1 to 64.');
  return value;
}

function seed(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value))
    throw new InvalidArgumentError('A seed is a whole number from 0.');
  return value;
}
