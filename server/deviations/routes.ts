import { type Route, serve } from '../http/serve.ts';
import { recordRoutes } from '../records/routes.ts';
import { addDeviation as add } from './add.ts';
import {
  addDeviation,
  correctDeviation,
  deviationVersions,
  listDeviations,
  reviewDeviation,
  strikeDeviation,
} from './contract.ts';
import { deviation } from './kind.ts';
import { listDeviations as list } from './read.ts';
import { reviewDeviation as review } from './review.ts';

export const deviationRoutes: Route[] = [
  serve(listDeviations, ({ services, caller }, { query }) => list(services, caller, query)),
  serve(addDeviation, ({ services, caller }, { body }) => add(services, caller, body)),
  serve(reviewDeviation, ({ services, caller }, { params, body }) =>
    review(services, caller, params.record, body),
  ),
  ...recordRoutes(deviation, {
    correct: correctDeviation,
    strike: strikeDeviation,
    versions: deviationVersions,
  }),
];
