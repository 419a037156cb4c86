import { readFile } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import { notFound } from '../errors.ts';
import { writeWhole } from './analyse.ts';
import { commandCaller } from './commandCaller.ts';
import { withServices } from './withServices.ts';

interface Taking {
  study: string;
  snapshot?: number;
  part: 'open' | 'closed';
  out: string;
}

export function boardCommand(program: Command): void {
  const board = program.command('board').description('Snapshots and reports of the monitoring board.');
  board
    .command('verify')
    .description('Recompute the hash of a snapshot’s file (exit code 1 where it doesn’t fit).')
    .argument('<file>', 'the snapshot as it was taken from the page (JSON)')
    .option('--sha256 <hash>', 'the hash as a report or the access log has it')
    .action(async (path: string, { sha256 }: { sha256?: string }) => {
      const { verifySnapshot } = await import('../board/verify.ts');
      const verdict = verifySnapshot(await readFile(path, 'utf8'), sha256);
      const what = `${verdict.study}, snapshot ${verdict.number} (${verdict.part})`;
      if (verdict.broken === null) {
        process.stdout.write(`${what}: as it was prepared; SHA-256 ${verdict.sha256}\n`);
        return;
      }
      process.stdout.write(`${what}: not as it was prepared: ${verdict.broken}\n`);
      process.exitCode = 1;
    });
  board
    .command('report')
    .description('Write a report of a snapshot to print; taking it is on the access log.')
    .requiredOption('--study <id>', 'the study')
    .option('--snapshot <number>', 'its number (the newest)', Number)
    .addOption(new Option('--part <part>', 'which report').choices(['open', 'closed']).default('open'))
    .requiredOption('--out <file>', 'where it goes: .html, .pdf, or .json to verify')
    .action((options: Taking) => takeReport(options));
  program
    .command('consort')
    .description('Write the CONSORT report of a study to print.')
    .requiredOption('--study <id>', 'the study')
    .requiredOption('--out <file>', 'where it goes: .html or .pdf')
    .action(({ study, out }: { study: string; out: string }) =>
      withServices(async (services) => {
        const [{ consortPaper }, { noteTaken }, { paperHtml }, { printPdf }] = [
          await import('../reports/consort/paper.ts'),
          await import('../reports/consort/taken.ts'),
          await import('../reports/paper.ts'),
          await import('../reports/pdf.ts'),
        ];
        const caller = await commandCaller(services, study);
        const html = await paperHtml(await consortPaper(services, caller));
        const asPdf = out.endsWith('.pdf');
        const content = asPdf ? await printPdf(services.config, html) : html;
        await noteTaken(services, caller, asPdf ? 'consort.pdf' : 'consort.html');
        await writeWhole(out, content);
        process.stdout.write(`CONSORT report of ${study}: ${out}\n`);
      }),
    );
}

/** Whoever runs commands has the database; the sign-in step of closed reports is of the server’s sessions. */
function takeReport({ study, snapshot, part, out }: Taking): Promise<void> {
  return withServices(async (services) => {
    const [{ takenFile }, { snapshotsOf }] = [
      await import('../board/file.ts'),
      await import('../board/store.ts'),
    ];
    const caller = await commandCaller(services, study);
    const number = snapshot ?? (await snapshotsOf(services.db.read, study))[0]?.number;
    if (number === undefined) throw notFound('A snapshot of the study');
    const ending = out.slice(out.lastIndexOf('.') + 1);
    const file = ending === 'pdf' ? 'report.pdf' : ending === 'json' ? 'snapshot.json' : 'report.html';
    await writeWhole(out, await takenFile(services, caller, { number, part, file }));
    process.stdout.write(`Snapshot ${number} of ${study}, ${part} report: ${out}\n`);
  });
}
