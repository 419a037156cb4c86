import { type Route, serve } from '../http/serve.ts';
import {
  freezeData,
  listHolds,
  lockData,
  lockReadiness,
  lockStudy,
  participantHolds,
  unfreezeData,
  unlockData,
} from './contract.ts';
import { lift } from './lift.ts';
import { freeze, lock } from './place.ts';
import { lockReadiness as readiness } from './readiness.ts';
import { listHolds as list, participantHolds as ofParticipant } from './view.ts';

export const lockRoutes: Route[] = [
  serve(listHolds, ({ services, caller }) => list(services, caller)),
  serve(participantHolds, ({ services, caller }, { params }) =>
    ofParticipant(services, caller, params.participant),
  ),
  serve(lockReadiness, ({ services, caller }, { query }) => readiness(services, caller, query)),
  serve(freezeData, ({ services, caller }, { body }) => freeze(services, caller, body)),
  serve(lockData, ({ services, caller }, { body }) => lock(services, caller, body)),
  serve(lockStudy, ({ services, caller }, { body }) =>
    lock(services, caller, { ...body, scope: { level: 'study' } }),
  ),
  serve(unfreezeData, ({ services, caller }, { params, body }) =>
    lift(services, caller, params.hold, 'frozen', body.reason),
  ),
  serve(unlockData, ({ services, caller }, { params, body }) =>
    lift(services, caller, params.hold, 'locked', body.reason),
  ),
];
