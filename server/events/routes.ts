import { type Route, serve } from '../http/serve.ts';
import { changeFollowUp, correctEvent, eventVersions, strikeEvent } from './contract.ts';
import { correctEvent as correct } from './correct.ts';
import { changeFollowUp as change } from './followUp.ts';
import { readEventVersions } from './read.ts';

export const eventRoutes: Route[] = [
  serve(changeFollowUp, ({ services, caller }, { params, body }) =>
    change(services, caller, params.participant, body),
  ),
  serve(correctEvent, ({ services, caller }, { params, body: { version, reason, ...days } }) =>
    correct(services, caller, params.event, { version, reason, days }),
  ),
  serve(strikeEvent, ({ services, caller }, { params, body }) =>
    correct(services, caller, params.event, body),
  ),
  serve(eventVersions, ({ services, caller }, { params }) =>
    readEventVersions(services, caller, params.event),
  ),
];
