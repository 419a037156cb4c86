import type { Response } from 'express';
import { fileName } from '../../exports/fileName.ts';
import { type Route, serve, serveFile } from '../../http/serve.ts';
import { exportAccountLog, listAccountLog } from './contract.ts';
import { accountLogCsv, listAccountLog as list } from './list.ts';

export const accountLogRoutes: Route[] = [
  serve(listAccountLog, ({ services, caller }, { query }) => list(services, caller, query)),
  serveFile(exportAccountLog, async ({ services, caller }, { query }, response: Response) => {
    response.setHeader('Content-Type', 'text/csv; charset=utf-8; header=present');
    response.setHeader(
      'Content-Disposition',
      `attachment; filename="${fileName(services, caller.study, 'account-log')}"`,
    );
    for await (const piece of accountLogCsv(services, caller, query)) response.write(piece);
    response.end();
  }),
];
