import { type Route, serve } from '../http/serve.ts';
import { addGroup, addTherapist, joinTherapy, leaveTherapy, readGroups } from './contract.ts';
import * as plan from './plan.ts';
import { listGroups } from './read.ts';

export const groupRoutes: Route[] = [
  serve(readGroups, ({ services, caller }) => listGroups(services, caller)),
  serve(addTherapist, ({ services, caller }, { body }) => plan.addTherapist(services, caller, body)),
  serve(addGroup, ({ services, caller }, { body }) => plan.addGroup(services, caller, body)),
  serve(joinTherapy, ({ services, caller }, { params, body }) =>
    plan.joinTherapy(services, caller, params.participant, body),
  ),
  serve(leaveTherapy, ({ services, caller }, { params, body }) =>
    plan.leaveTherapy(services, caller, params.participant, body.until),
  ),
];
