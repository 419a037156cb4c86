import { stringify } from 'csv-stringify/sync';
import type { Chart } from '../../analysis/charts/index.ts';
import { renderPng, renderSvg } from './render.ts';
import { typeface } from './typeface.ts';

export const CHART_FILES = {
  svg: 'image/svg+xml; charset=utf-8',
  png: 'image/png',
  csv: 'text/csv; charset=utf-8',
  'vl.json': 'application/json; charset=utf-8',
} as const;
export type ChartEnding = keyof typeof CHART_FILES;

/** Width of a chart that is taken away, in pixels. */
export const FILE_WIDTH = 760;

/** A chart that stands alone as a file: the picture, its numbers or its spec. */
export async function chartFile({ spec, table }: Chart, ending: ChartEnding): Promise<string | Buffer> {
  switch (ending) {
    case 'csv':
      return stringify(table.rows, {
        header: true,
        columns: table.columns.map((column) => ({ key: column.id, header: column.label })),
        record_delimiter: 'windows',
      });
    case 'vl.json':
      return `${JSON.stringify(spec, null, 2)}\n`;
    case 'svg':
      return withTypeface(await renderSvg(spec, 'fixed'));
    case 'png':
      return renderPng(await renderSvg(spec, 'fixed'), 2);
  }
}

/** The picture with its letters in it: where the typeface isn't installed, wider ones would run over the edge. */
async function withTypeface(svg: string): Promise<string> {
  return svg.replace(/^<svg[^>]*>/, `$&<style>${await typeface()}</style>`);
}
