import { appendAudit } from '../../audit/append.ts';
import type { ChartEnding } from '../../charts/file.ts';
import { notFound } from '../../errors.ts';
import { instantText } from '../../reports/numbers.ts';
import type { Caller, Services } from '../../services.ts';
import { chartsOf } from './cards.ts';
import { done } from './files.ts';
import { analysisNamed, readKept } from './read.ts';

interface Wanted {
  /** The picture’s place among those of the analysis, from 1. */
  number: number;
  analysis?: string | undefined;
  as: ChartEnding;
  theme: 'light' | 'dark';
}

/** One picture of a run as a file that speaks for itself: with title, run, cut-off and whether it was planned. */
export async function runPicture(
  services: Services,
  caller: Caller,
  id: string,
  { number, analysis, as, theme }: Wanted,
): Promise<{ name: string; type: string; content: string | Buffer }> {
  const { CHART_FILES, chartFile, FILE_WIDTH } = await import('../../charts/file.ts');
  const kept = await readKept(services, caller, id);
  const { run, plan } = kept;
  const note = [
    `${plan.title}, run ${run.number}, data to ${instantText(run.cut_off)}`,
    run.per_plan === 1 ? 'per plan' : 'exploratory',
    ...(plan.synthetic ? ['synthetic data'] : []),
  ].join('; ');
  const one = analysisNamed(plan, analysis);
  const options = { theme, masked: false, width: FILE_WIDTH, standalone: true, note };
  const chart = chartsOf(done(kept), one.id, options)[number - 1];
  if (!chart) throw notFound('The picture');
  const content = await chartFile(chart, as);
  const file = `${one.id}-${number}.${as}`;
  await services.db.write((tx) =>
    appendAudit(tx, caller, services.now().toISOString(), {
      action: 'analyses.file',
      subject: `analysis:${run.number}`,
      changesData: false,
      after: { file },
    }),
  );
  return {
    name: `${caller.study.id}-run-${run.number}-${file}`,
    type: CHART_FILES[as],
    content,
  };
}
