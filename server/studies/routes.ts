import { type Route, serve } from '../http/serve.ts';
import { activateVersion as activate, approveVersion as approve } from './activate.ts';
import {
  activateVersion,
  approveVersion,
  checkAmendment,
  listVersions,
  readStudy,
  recordAmendment,
} from './contract.ts';
import { checkAmendment as check, listVersions as list, recordAmendment as record } from './versions.ts';
import { viewStudy } from './view.ts';

export const studyRoutes: Route[] = [
  serve(readStudy, async ({ caller }, { query }) => viewStudy(caller, query.version)),
  serve(listVersions, async ({ services, caller }) => ({ versions: await list(services, caller) })),
  serve(checkAmendment, ({ services, caller }, { body }) => check(services, caller, body)),
  serve(recordAmendment, ({ services, caller }, { body }) => record(services, caller, body)),
  serve(approveVersion, ({ services, caller }, { params, body }) =>
    approve(services, caller, Number(params.number), body),
  ),
  serve(activateVersion, ({ services, caller }, { params, body }) =>
    activate(services, caller, Number(params.number), body.sites),
  ),
];
