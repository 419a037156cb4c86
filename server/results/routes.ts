import type { Request, Response } from 'express';
import type { ChartEnding } from '../charts/file.ts';
import { languageOf } from '../http/language.ts';
import { type Input, type Route, serveFile } from '../http/serve.ts';
import type { Language } from '../language/language.rules.ts';
import type { Caller } from '../services.ts';
import { fileCode } from '../studies/fileCode.ts';
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
import { answerFor, type Finished } from './kept.ts';

const JSON_TYPE = 'application/json; charset=utf-8';

/** Results are kept as they are sent, compressed too. */
function send(response: Response, { body, gzip }: Finished, type: string, name?: string): void {
  response.setHeader('Content-Type', type);
  response.setHeader('Cache-Control', 'no-store');
  response.vary('Accept-Encoding');
  if (name !== undefined) response.setHeader('Content-Disposition', `attachment; filename="${name}"`);
  const takesGzip = (response.req as Request).acceptsEncodings('gzip') === 'gzip';
  if (gzip === null || !takesGzip) {
    response.end(body);
    return;
  }
  response.setHeader('Content-Encoding', 'gzip');
  response.end(gzip);
}

type Handler = Parameters<typeof serveFile<typeof chartSvg>>[1];

/** Names carry the study and the chart, never an arm. */
const file =
  (ending: ChartEnding, type: string): Handler =>
  async ({ services, caller }, { params, query }: Input<typeof chartSvg>, response) => {
    const { asOf, language: asked, ...rest } = query;
    // Numbers and specs are for programs, and the same in every language.
    const language = ending === 'svg' || ending === 'png' ? asked : undefined;
    const question = { what: 'file', chart: params.chart, ending, query: rest, language } as const;
    const name = `${fileCode(caller.study)}-${params.chart}.${ending}`;
    send(response, await answerFor(services, caller, question, asOf), type, name);
  };

/** Of what a page shows. Files are in English but where another language is asked for. */
function wanted(response: Response, { user }: Caller): Language {
  const language = languageOf(response.req as Request, user);
  response.vary('Accept-Language').setHeader('Content-Language', language);
  return language;
}

export const resultRoutes: Route[] = [
  serveFile(readDashboard, async ({ services, caller }, { query: { asOf, ...query } }, response) =>
    send(
      response,
      await answerFor(
        services,
        caller,
        { what: 'dashboard', query, language: wanted(response, caller) },
        asOf,
      ),
      JSON_TYPE,
    ),
  ),
  serveFile(readChart, async ({ services, caller }, { params, query: { asOf, ...query } }, response) =>
    send(
      response,
      await answerFor(
        services,
        caller,
        { what: 'chart', chart: params.chart, query, language: wanted(response, caller) },
        asOf,
      ),
      JSON_TYPE,
    ),
  ),
  serveFile(readResultRows, async ({ services, caller }, { query: { asOf, ...query } }, response) =>
    send(response, await answerFor(services, caller, { what: 'rows', query }, asOf), JSON_TYPE),
  ),
  serveFile(resultsCsv, async ({ services, caller }, { query: { asOf, ...query } }, response) =>
    send(
      response,
      await answerFor(services, caller, { what: 'rows-csv', query }, asOf),
      'text/csv; charset=utf-8',
      `${fileCode(caller.study)}-results.csv`,
    ),
  ),
  serveFile(chartSvg, file('svg', 'image/svg+xml; charset=utf-8')),
  serveFile(chartPng, file('png', 'image/png')),
  serveFile(chartCsv, file('csv', 'text/csv; charset=utf-8')),
  serveFile(chartSpec, file('vl.json', 'application/json; charset=utf-8')),
];
