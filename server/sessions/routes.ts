import { type Route, serve } from '../http/serve.ts';
import { recordRoutes } from '../records/routes.ts';
import {
  correctFidelity,
  correctSession,
  fidelityVersions,
  listSessions,
  rateSession,
  recordSession,
  sessionVersions,
  strikeFidelity,
  strikeSession,
  summariseSessions,
} from './contract.ts';
import { fidelity, rateSession as rate } from './fidelity.ts';
import { session } from './kind.ts';
import { listSessions as list } from './read.ts';
import { recordSession as record } from './record.ts';
import { sessionSummary } from './summary.ts';

export const therapySessionRoutes: Route[] = [
  serve(listSessions, ({ services, caller }, { query }) => list(services, caller, query)),
  serve(summariseSessions, ({ services, caller }, { query }) => sessionSummary(services, caller, query)),
  serve(recordSession, ({ services, caller }, { body }) => record(services, caller, body)),
  serve(rateSession, ({ services, caller }, { params, body }) => rate(services, caller, params.sheet, body)),
  ...recordRoutes(session, {
    correct: correctSession,
    strike: strikeSession,
    versions: sessionVersions,
  }),
  ...recordRoutes(fidelity, {
    correct: correctFidelity,
    strike: strikeFidelity,
    versions: fidelityVersions,
  }),
];
