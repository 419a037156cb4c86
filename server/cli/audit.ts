import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { type Verdict, verifyFile, verifyStudy } from '../audit/verify.ts';
import { notFound } from '../errors.ts';
import { currentStudy, listStudies } from '../studies/store.ts';
import { withServices } from './withServices.ts';

export function auditCommand(program: Command): void {
  program
    .command('audit')
    .description('The audit trail.')
    .command('verify')
    .description(
      'Recompute the hash chain of the trail and name the first entry that doesn’t fit (exit code 1).',
    )
    .option('--study <id>', 'this study only (every study)')
    .option('--file <file>', 'an exported trail (JSON) instead of the database')
    .option('--last <hash>', 'a hash of the trail that is known from elsewhere')
    .action(async ({ study, file, last }: { study?: string; file?: string; last?: string }) => {
      if (file !== undefined) {
        const verdict = await verifyFile(await readFile(file, 'utf8'), last);
        if (study !== undefined && study !== verdict.study)
          throw notFound(`The study “${study}” in the file`);
        return tell(verdict.study, verdict);
      }
      await withServices(async ({ db }) => {
        if (study !== undefined && !(await currentStudy(db.read, study)))
          throw notFound(`The study “${study}”`);
        for (const id of study === undefined ? (await listStudies(db.read)).map((one) => one.id) : [study])
          tell(id, await verifyStudy(db.read, id, last));
      });
    });
}

function tell(study: string, { entries, last, broken }: Verdict): void {
  if (broken === null) {
    process.stdout.write(
      `${study}: the audit trail is whole, ${entries} entries; the last hash is ${last}\n`,
    );
    return;
  }
  process.stdout.write(`${study}: the audit trail is broken at entry ${broken.seq}: ${broken.what}\n`);
  process.exitCode = 1;
}
