import { stringify } from 'csv-stringify/sync';
import type { EstimateRow, PlanResults } from '../../../analysis/estimands/results.ts';
import { appendAudit } from '../../audit/append.ts';
import { conflict, notFound } from '../../errors.ts';
import type { Caller, Services } from '../../services.ts';
import { scriptOf } from '../code/script.ts';
import { archive } from './archive.ts';
import { codebookOf } from './codebook.ts';
import type { RunFileName } from './contract.ts';
import { analysisNamed, type KeptRun, readKept } from './read.ts';
import { readMaterial } from './store.ts';

const types: Record<RunFileName, string> = {
  'data.csv': 'text/csv; charset=utf-8; header=present',
  'plan.yaml': 'application/yaml; charset=utf-8',
  'results.json': 'application/json; charset=utf-8',
  'results.csv': 'text/csv; charset=utf-8; header=present',
  'code.R': 'text/plain; charset=utf-8',
  'bundle.tar': 'application/x-tar',
};

/** A file of a run, whose taking is on the audit trail. */
export async function runFile(
  services: Services,
  caller: Caller,
  id: string,
  file: RunFileName,
  analysis: string | undefined,
): Promise<{ name: string; type: string; content: string | Buffer }> {
  const kept = await readKept(services, caller, id);
  const content = await contentOf(services, caller, kept, file, analysis);
  await services.db.write((tx) =>
    appendAudit(tx, caller, services.now().toISOString(), {
      action: 'analyses.file',
      subject: `analysis:${kept.run.number}`,
      changesData: false,
      after: { file },
    }),
  );
  return { name: `${caller.study.id}-run-${kept.run.number}-${file}`, type: types[file], content };
}

async function contentOf(
  services: Services,
  { study }: Caller,
  kept: KeptRun,
  file: RunFileName,
  analysis: string | undefined,
): Promise<string | Buffer> {
  const data = () => readMaterial(services.db.read, study.id, kept.run.data_sha256);
  switch (file) {
    case 'data.csv':
      return data();
    case 'plan.yaml':
      return kept.planText;
    case 'results.json':
      return `${JSON.stringify(done(kept), null, 2)}\n`;
    case 'results.csv':
      return rowsCsv(done(kept).rows);
    case 'code.R': {
      const script = scriptOf(kept.plan, analysisNamed(kept.plan, analysis));
      if ('reason' in script) throw notFound(`A script for this analysis (${script.reason})`);
      return script.code;
    }
    case 'bundle.tar': {
      const results = done(kept);
      const scripts = kept.plan.analyses.flatMap((one) => {
        const script = scriptOf(kept.plan, one);
        return 'code' in script ? [{ name: `${one.id}.R`, content: script.code }] : [];
      });
      const files = [
        { name: 'data.csv', content: await data() },
        { name: 'codebook.csv', content: codebookOf(kept.plan) },
        { name: 'plan.yaml', content: kept.planText },
        { name: 'results.json', content: `${JSON.stringify(results, null, 2)}\n` },
        { name: 'results.csv', content: rowsCsv(results.rows) },
        ...scripts,
      ];
      return archive(files, new Date(kept.run.started_at));
    }
  }
}

function done({ results }: KeptRun): PlanResults {
  if (results === null) throw conflict('The run has no results.');
  return results;
}

const rowsCsv = (rows: readonly EstimateRow[]) =>
  stringify(
    rows.map((row) => ({ ...row, perPlan: row.perPlan ? 'yes' : 'no' })),
    { header: true, cast: { boolean: String } },
  );
