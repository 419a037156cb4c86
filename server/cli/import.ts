import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Command } from 'commander';
import { parse } from 'yaml';
import { notValid } from '../errors.ts';
import { type ImportMapping, type ImportReport, importMapping } from '../imports/contract.ts';
import { commandCaller } from './commandCaller.ts';
import { progressBar } from './progress.ts';
import { withServices } from './withServices.ts';

interface Options {
  study: string;
  mapping: string;
  dryRun?: boolean;
  json?: boolean;
}

export function importCommand(program: Command): void {
  program
    .command('import')
    .description(
      'Import a CSV through a mapping: all or nothing. A dry run lists every cell that it would refuse and why.',
    )
    .argument('<file>', 'the CSV')
    .requiredOption('--study <id>', 'the study')
    .requiredOption(
      '--mapping <file>',
      'how columns become participants, allocations and answers (YAML or JSON)',
    )
    .option('--dry-run', 'check everything, write nothing')
    .option('--json', 'print the report as JSON')
    .action((file: string, options: Options) =>
      withServices(async (services) => {
        const { runImport } = await import('../imports/run.ts');
        const mapping = await readMapping(options.mapping);
        const caller = await commandCaller(services, options.study);
        const bar = progressBar('Importing', 'rows');
        const report = await runImport(services, caller, createReadStream(file), mapping, {
          dryRun: options.dryRun ?? false,
          file: basename(file),
          onProgress: ({ rows }) => bar.to(rows),
        }).finally(() => bar.end());
        process.stdout.write(options.json ? `${JSON.stringify(report, null, 2)}\n` : inWords(report));
        if (report.refusedTotal > 0) process.exitCode = 3;
      }),
    );
}

async function readMapping(path: string): Promise<ImportMapping> {
  const parsed = importMapping.safeParse(parse(await readFile(path, 'utf8')));
  if (parsed.success) return parsed.data;
  throw notValid(
    `The mapping ${path} isn’t right. Nothing was written.`,
    parsed.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message })),
  );
}

function inWords(report: ImportReport): string {
  const counts = `${report.rows} rows, ${report.participants} participants, ${report.answers} answers, ${report.queries} automatic queries`;
  if (report.refusedTotal === 0)
    return report.written
      ? `Imported ${counts}.\n`
      : `Dry run: ${counts}; nothing refused, nothing written.\n`;
  const lines = report.refused.map(
    ({ row, column, cell, why }) => `row ${row}\t${column ?? ''}\t${cell ?? ''}\t${why}`,
  );
  const more =
    report.refusedTotal > report.refused.length
      ? `… and ${report.refusedTotal - report.refused.length} more\n`
      : '';
  return `${lines.join('\n')}\n${more}${report.refusedTotal} refused of ${counts}. Nothing was written.\n`;
}
