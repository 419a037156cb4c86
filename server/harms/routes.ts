import { type Route, serve } from '../http/serve.ts';
import { recordRoutes } from '../records/routes.ts';
import {
  addHarm,
  correctHarm,
  harmVersions,
  listHarms,
  reportHarm,
  strikeHarm,
  summariseHarms,
} from './contract.ts';
import { harm } from './kind.ts';
import { listHarms as list } from './read.ts';
import { reportHarm as report } from './report.ts';
import { harmSummary } from './summary.ts';

export const harmRoutes: Route[] = [
  serve(listHarms, ({ services, caller }, { query }) => list(services, caller, query)),
  serve(summariseHarms, ({ services, caller }, { query }) => harmSummary(services, caller, query)),
  ...recordRoutes(harm, { add: addHarm, correct: correctHarm, strike: strikeHarm, versions: harmVersions }),
  serve(reportHarm, ({ services, caller }, { params, body }) =>
    report(services, caller, params.record, body),
  ),
];
