import { studyChart } from '../../analysis/charts/index.ts';
import { type ChartEnding, chartFile, FILE_WIDTH } from '../charts/file.ts';
import { inFinnish } from '../charts/localised.ts';
import { notFound } from '../errors.ts';
import { instantText } from '../reports/numbers.ts';
import type { ChartId, ChartQuestion } from './contract.ts';
import { drawable } from './further.ts';
import { materialOf } from './material.ts';
import type { Reader } from './reader.ts';

/** One chart to take away, with title, subtitle, cut-off and mask state drawn into it; null while part of it is being computed. */
export async function chartFileOf(
  reader: Reader,
  id: ChartId,
  { theme, ...query }: ChartQuestion & { theme: 'light' | 'dark' },
  ending: ChartEnding,
): Promise<string | Buffer | null> {
  const material = await drawable(reader, id, await materialOf(reader, query), query);
  if (material.waiting) return null;
  const drawn = studyChart(id, material, {
    theme,
    masked: material.masked,
    width: FILE_WIDTH,
    standalone: true,
    note: note(reader, id),
    say: reader.say,
  });
  if (!drawn) throw notFound('This chart of the study');
  const chart = reader.say ? inFinnish(drawn, reader.say) : drawn;
  return chartFile(chart, ending);
}

/** Figures of all arms together. */
const withoutArms: readonly ChartId[] = ['recruitment', 'sites', 'timeliness', 'query-ageing'];

const shown = { open: 'arms shown', pooled: 'arms hidden', masked: 'arms behind letters' };

/** What a picture says of itself under it; alone it has nothing else that tells what the arms’ short names stand for. */
function note({ study, showing, until }: Reader, id: ChartId): string {
  const state = [
    `${study.document.code}, data to ${instantText(until ?? study.changedAt)}`,
    shown[showing],
    ...(study.synthetic ? ['synthetic data'] : []),
  ].join('; ');
  const named = study.document.arms.filter(({ short, name }) => short !== name);
  if (showing !== 'open' || withoutArms.includes(id) || named.length === 0) return state;
  return `${named.map(({ short, name }) => `${short}: ${name}`).join('; ')}. ${state}`;
}
