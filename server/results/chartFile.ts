import { studyChart } from '../../analysis/charts/index.ts';
import { type ChartEnding, chartFile, FILE_WIDTH } from '../charts/file.ts';
import { inFinnish } from '../charts/localised.ts';
import { notFound } from '../errors.ts';
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
    note: note(reader),
  });
  if (!drawn) throw notFound('This chart of the study');
  const chart = reader.say ? inFinnish(drawn, reader.say) : drawn;
  return chartFile(chart, ending);
}

const shown = { open: 'arms shown', pooled: 'arms hidden', masked: 'arms behind letters' };

function note({ study, showing, until }: Reader): string {
  const cutOff = (until ?? study.changedAt).slice(0, 16).replace('T', ' ');
  return [
    `${study.document.code}, data to ${cutOff} UTC`,
    shown[showing],
    ...(study.synthetic ? ['synthetic data'] : []),
  ].join('; ');
}
