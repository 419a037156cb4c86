import { stringify } from 'csv-stringify/sync';
import type { EstimateRow, PlanResults } from '../../../analysis/estimands/results.ts';
import { appendAudit } from '../../audit/append.ts';
import { conflict, notFound } from '../../errors.ts';
import type { Caller, Services } from '../../services.ts';
import { scriptElsewhere } from '../code/elsewhere/scripts.ts';
import { valuesOf } from '../code/elsewhere/values.ts';
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
  'values.csv': 'text/csv; charset=utf-8; header=present',
  'code.sas': 'text/plain; charset=utf-8',
  'code.do': 'text/plain; charset=utf-8',
  'code.sps': 'text/plain; charset=utf-8',
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
    case 'code.R':
      return codeOf(scriptOf(kept.plan, analysisNamed(kept.plan, analysis)));
    case 'values.csv':
      return valuesOf(kept.plan, analysisNamed(kept.plan, analysis), await data());
    case 'code.sas':
    case 'code.do':
    case 'code.sps':
      return codeOf(scriptElsewhere(PROGRAMME_OF[file], kept.plan, analysisNamed(kept.plan, analysis)));
    case 'bundle.tar': {
      const results = done(kept);
      const csv = await data();
      const files = [
        { name: 'data.csv', content: csv },
        { name: 'codebook.csv', content: codebookOf(kept.plan) },
        { name: 'plan.yaml', content: kept.planText },
        { name: 'results.json', content: `${JSON.stringify(results, null, 2)}\n` },
        { name: 'results.csv', content: rowsCsv(results.rows) },
        ...kept.plan.analyses.flatMap((one) => scriptsOf(kept.plan, one, csv)),
      ];
      return archive(files, new Date(kept.run.started_at));
    }
  }
}

const PROGRAMME_OF = { 'code.sas': 'SAS', 'code.do': 'Stata', 'code.sps': 'SPSS' } as const;

function codeOf(script: { code: string } | { reason: string }): string {
  if ('reason' in script) throw notFound(`A script for this analysis (${script.reason})`);
  return script.code;
}

/** The scripts of one analysis by its name, and the values that those for other programmes begin from. */
function scriptsOf(plan: KeptRun['plan'], one: KeptRun['plan']['analyses'][number], csv: string) {
  const own = scriptOf(plan, one);
  const values = `${one.id}.values.csv`;
  const others = Object.entries(PROGRAMME_OF).flatMap(([file, programme]) => {
    const script = scriptElsewhere(programme, plan, one);
    if ('reason' in script) return [];
    const content = script.code.replaceAll('values.csv', values);
    return [{ name: `${one.id}.${file.slice('code.'.length)}`, content }];
  });
  return [
    ...('code' in own ? [{ name: `${one.id}.R`, content: own.code }] : []),
    ...(others.length > 0 ? [{ name: values, content: valuesOf(plan, one, csv) }, ...others] : []),
  ];
}

export function done({ results }: KeptRun): PlanResults {
  if (results === null) throw conflict('The run has no results.');
  return results;
}

const rowsCsv = (rows: readonly EstimateRow[]) =>
  stringify(
    rows.map((row) => ({ ...row, perPlan: row.perPlan ? 'yes' : 'no' })),
    { header: true, cast: { boolean: String } },
  );
