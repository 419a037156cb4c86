import { participantHistory } from '../audit/list.ts';
import { type Route, serve } from '../http/serve.ts';
import { confirmEligibility as confirm } from './confirmEligibility.ts';
import { logContact as contact } from './contact.ts';
import {
  confirmEligibility,
  excludeParticipant,
  listParticipants,
  logContact,
  readHistory,
  readParticipant,
  recordEvent,
  screenParticipant,
} from './contract.ts';
import { recordEvent as event } from './event.ts';
import { excludeParticipant as exclude } from './exclude.ts';
import { findParticipant } from './find.ts';
import { listParticipants as list, readParticipant as read } from './read.ts';
import { screenParticipant as screen } from './screen.ts';

export const participantRoutes: Route[] = [
  serve(listParticipants, ({ services, caller }, { query }) => list(services, caller, query)),
  serve(screenParticipant, ({ services, caller }, { body }) => screen(services, caller, body)),
  serve(readParticipant, ({ services, caller }, { params }) => read(services, caller, params.participant)),
  serve(excludeParticipant, ({ services, caller }, { params, body }) =>
    exclude(services, caller, params.participant, body),
  ),
  serve(confirmEligibility, ({ services, caller }, { params, body }) =>
    confirm(services, caller, params.participant, body),
  ),
  serve(readHistory, async ({ services, caller }, { params }) => {
    const { code } = await findParticipant(services.db.read, caller, params.participant);
    return participantHistory(services, caller, code);
  }),
  serve(logContact, ({ services, caller }, { params, body }) =>
    contact(services, caller, params.participant, body),
  ),
  serve(recordEvent, ({ services, caller }, { params, body }) =>
    event(services, caller, params.participant, body),
  ),
];
