import type { Response } from 'express';
import { languageOf } from '../../http/language.ts';
import { type Route, serve, serveFile } from '../../http/serve.ts';
import * as contract from './contract.ts';
import { runFile } from './files.ts';
import { cancelRun, markRun } from './mark.ts';
import { runPicture } from './picture.ts';
import { listRuns, readRun } from './read.ts';
import { startRun } from './start.ts';

export const analysisRoutes: Route[] = [
  serve(contract.listRuns, ({ services, caller }) => listRuns(services, caller)),
  serve(contract.startRun, ({ services, caller }, { body }) => startRun(services, caller, body)),
  serve(contract.readRun, ({ services, caller }, { params, query }, response) =>
    readRun(services, caller, params.run, { ...query, language: languageOf(response.req, caller.user) }),
  ),
  serve(contract.cancelRun, ({ services, caller }, { params }) => cancelRun(services, caller, params.run)),
  serve(contract.markRun, ({ services, caller }, { params, body }) =>
    markRun(services, caller, params.run, body),
  ),
  serveFile(contract.runFile, async ({ services, caller }, { params, query }, response) => {
    send(response, await runFile(services, caller, params.run, params.name, query.analysis));
  }),
  serveFile(contract.runPicture, async ({ services, caller }, { params, query }, response) => {
    send(response, await runPicture(services, caller, params.run, { number: params.number, ...query }));
  }),
];

function send(
  response: Response,
  { name, type, content }: { name: string; type: string; content: string | Buffer },
): void {
  response.setHeader('Content-Type', type);
  response.setHeader('Content-Disposition', `attachment; filename="${name}"`);
  response.setHeader('Cache-Control', 'no-store');
  response.end(content);
}
