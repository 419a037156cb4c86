import { stringify } from 'csv-stringify/sync';
import { studyChart } from '../../analysis/charts/index.ts';
import { notFound } from '../errors.ts';
import type { Caller, Services } from '../services.ts';
import type { ChartId, ChartQuery } from './contract.ts';
import { drawable } from './further.ts';
import { materialOf } from './material.ts';

const WIDTH = 760;

/** One chart to take away, with title, subtitle, cut-off and mask state drawn into it. */
export async function chartFile(
  services: Services,
  caller: Caller,
  id: ChartId,
  query: ChartQuery & { theme: 'light' | 'dark' },
  ending: 'svg' | 'png' | 'csv' | 'vl.json',
): Promise<string | Buffer> {
  const { theme, ...question } = query;
  const read = () =>
    services.db.snapshot(async (db) =>
      drawable(services, db, caller, id, await materialOf(services, db, caller, question), question),
    );
  let material = await read();
  // A file is whole: what is being computed is waited for.
  if (material.waiting) {
    await material.waiting;
    material = await read();
  }
  const { renderPng, renderSvg } = await import('../charts/render.ts');
  const chart = studyChart(id, material, {
    theme,
    masked: material.masked,
    width: WIDTH,
    standalone: true,
    note: note(caller),
  });
  if (!chart) throw notFound('This chart of the study');
  switch (ending) {
    case 'csv':
      return stringify(chart.table.rows, {
        header: true,
        columns: chart.table.columns.map((column) => ({ key: column.id, header: column.label })),
        record_delimiter: 'windows',
      });
    case 'vl.json':
      return `${JSON.stringify(chart.spec, null, 2)}\n`;
    case 'svg':
      return renderSvg(chart.spec, 'fixed');
    case 'png':
      return renderPng(await renderSvg(chart.spec, 'fixed'), 2);
  }
}

function note({ study, blinded }: Caller): string {
  const cutOff = `${study.document.code}, data to ${study.changedAt.slice(0, 16).replace('T', ' ')} UTC`;
  return [
    cutOff,
    blinded ? 'arms hidden' : 'arms shown',
    ...(study.synthetic ? ['synthetic data'] : []),
  ].join('; ');
}
