import { type Route, serve } from '../http/serve.ts';
import { randomise as allocate } from './allocate.ts';
import { allocationLog, checkReadiness, randomise, revealArm } from './contract.ts';
import { checkReadiness as check } from './readiness.ts';
import { allocationLog as log, revealArm as reveal } from './slip.ts';

export const randomisationRoutes: Route[] = [
  serve(checkReadiness, ({ services, caller }, { params }) => check(services, caller, params.participant)),
  serve(randomise, ({ services, caller }, { params, body }) =>
    allocate(services, caller, params.participant, body),
  ),
  serve(revealArm, ({ services, caller }, { params }) => reveal(services, caller, params.participant)),
  serve(allocationLog, ({ services, caller }, { query }) => log(services, caller, query)),
];
