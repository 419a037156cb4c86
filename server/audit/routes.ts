import type { Response } from 'express';
import { fileName } from '../exports/fileName.ts';
import { type Route, serve, serveFile } from '../http/serve.ts';
import {
  endReviewPlan,
  exportAuditCsv,
  exportAuditJson,
  listAudit,
  listReviews,
  planReview,
  recordReview,
} from './contract.ts';
import { auditCsv, auditJson, noteExport } from './export.ts';
import { listAudit as list } from './list.ts';
import {
  endReviewPlan as end,
  planReview as plan,
  recordReview as record,
  listReviews as reviews,
} from './reviews.ts';

export const auditRoutes: Route[] = [
  serve(listAudit, ({ services, caller }, { query }) => list(services, caller, query)),
  serveFile(exportAuditCsv, async ({ services, caller }, { query }, response) => {
    await noteExport(services, caller, 'csv');
    response.setHeader('Content-Type', 'text/csv; charset=utf-8; header=present');
    named(response, fileName(services, caller.study, 'audit'));
    await pour(auditCsv(services, caller, query), response);
  }),
  serveFile(exportAuditJson, async ({ services, caller }, { query }, response) => {
    await noteExport(services, caller, 'json');
    response.setHeader('Content-Type', 'application/json; charset=utf-8');
    named(response, fileName(services, caller.study, 'audit').replace(/csv$/, 'json'));
    await pour(auditJson(services, caller, query), response);
  }),
  serve(listReviews, ({ services, caller }) => reviews(services, caller)),
  serve(planReview, ({ services, caller }, { body }) => plan(services, caller, body)),
  serve(endReviewPlan, ({ services, caller }, { params, body }) => end(services, caller, params.plan, body)),
  serve(recordReview, ({ services, caller }, { body }) => record(services, caller, body)),
];

const named = (response: Response, name: string) =>
  response.setHeader('Content-Disposition', `attachment; filename="${name}"`);

/** Writes no faster than the reader takes. */
async function pour(pieces: AsyncIterable<string>, response: Response): Promise<void> {
  for await (const piece of pieces) {
    if (response.destroyed) return;
    if (!response.write(piece))
      await new Promise<void>((resolve) => {
        response.once('drain', resolve);
        response.once('close', resolve);
      });
  }
  response.end();
}
