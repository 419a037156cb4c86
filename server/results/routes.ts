import type { Response } from 'express';
import { type Input, type Route, serve, serveFile } from '../http/serve.ts';
import { readChart as chart } from './chart.ts';
import { chartFile } from './chartFile.ts';
import {
  chartCsv,
  chartPng,
  chartSpec,
  chartSvg,
  readChart,
  readDashboard,
  readResultRows,
  resultsCsv,
} from './contract.ts';
import { resultsCsv as csv } from './csv.ts';
import { readDashboard as dashboard } from './dashboard.ts';
import { resultRows } from './rows.ts';

type Handler = Parameters<typeof serveFile<typeof chartSvg>>[1];

/** Names carry the study and the chart, never an arm. */
const file =
  (ending: 'svg' | 'png' | 'csv' | 'vl.json', type: string): Handler =>
  async ({ services, caller }, { params, query }: Input<typeof chartSvg>, response: Response) => {
    const content = await chartFile(services, caller, params.chart, query, ending);
    response.setHeader('Content-Type', type);
    response.setHeader(
      'Content-Disposition',
      `attachment; filename="${caller.study.document.code}-${params.chart}.${ending}"`,
    );
    response.setHeader('Cache-Control', 'no-store');
    response.end(content);
  };

export const resultRoutes: Route[] = [
  serve(readDashboard, ({ services, caller }, { query }) => dashboard(services, caller, query)),
  serve(readChart, ({ services, caller }, { params, query }) => chart(services, caller, params.chart, query)),
  serve(readResultRows, ({ services, caller }, { query }) => resultRows(services, caller, query)),
  serveFile(resultsCsv, async ({ services, caller }, { query }, response) => {
    const content = await csv(services, caller, query);
    response.setHeader('Content-Type', 'text/csv; charset=utf-8');
    response.setHeader(
      'Content-Disposition',
      `attachment; filename="${caller.study.document.code}-results.csv"`,
    );
    response.setHeader('Cache-Control', 'no-store');
    response.end(content);
  }),
  serveFile(chartSvg, file('svg', 'image/svg+xml; charset=utf-8')),
  serveFile(chartPng, file('png', 'image/png')),
  serveFile(chartCsv, file('csv', 'text/csv; charset=utf-8')),
  serveFile(chartSpec, file('vl.json', 'application/json; charset=utf-8')),
];
