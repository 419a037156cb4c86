import { readFile } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import { type Language, languages } from '../language/language.rules.ts';
import { writeWhole } from './analyse.ts';

export function reportCommand(program: Command): void {
  program
    .command('report')
    .description('Write the results of an analysis as one HTML file, ready to print on A4, or as PDF.')
    .argument('<results>', 'what `equipoise analyse` wrote (JSON)')
    .requiredOption('--out <file>', 'where the report goes: .html or .pdf')
    .addOption(
      new Option('--language <language>', 'what the report is written in; labels stay those of the plan')
        .choices(languages)
        .default('en'),
    )
    .action(async (path: string, options: { out: string; language: Language }) => {
      const { makeReport, readResults } = await import('../analyses/report.ts');
      const results = readResults(await readFile(path, 'utf8'), path);
      const html = await makeReport(results, options.language);
      if (options.out.endsWith('.pdf')) {
        const { printPdf } = await import('../reports/pdf.ts');
        const chromium = process.env.EQUIPOISE_CHROMIUM || undefined;
        await writeWhole(options.out, await printPdf({ chromium }, html));
      } else await writeWhole(options.out, html);
      process.stdout.write(`${results.analyses.length} analyses: ${options.out}\n`);
    });
}
