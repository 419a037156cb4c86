import { z } from 'zod';
import { followUpView } from '../events/contract.ts';
import { formSummary } from '../forms/contract.ts';
import { endpoint } from '../http/endpoint.ts';
import {
  day,
  idempotencyKey,
  instant,
  pageQuery,
  participantCode,
  participantParams,
  studyParams,
} from '../http/wire.ts';
import { identifier } from '../instruments/document.ts';
import { visitView } from '../visits/contract.ts';

export const participantStatus = z.enum([
  'screening',
  'excluded',
  'eligible',
  'consented',
  'randomised',
  'completed',
  'withdrawn',
]);
export type ParticipantStatus = z.infer<typeof participantStatus>;

export const participantRow = z.strictObject({
  code: participantCode,
  site: identifier,
  status: participantStatus,
  screenedOn: day,
  randomisedAt: instant.nullable(),
  nextVisit: z
    .strictObject({ visit: identifier, label: z.string(), closes: day, state: z.string() })
    .nullable(),
  openQueries: z.int(),
});
export type ParticipantRow = z.infer<typeof participantRow>;

export const listParticipants = endpoint({
  id: 'participants.list',
  method: 'get',
  path: '/api/studies/:study/participants',
  summary: 'Participants at the sites of the caller, newest first',
  access: 'participants.read',
  params: studyParams,
  query: z.strictObject({
    ...pageQuery,
    site: identifier.optional(),
    status: participantStatus.optional(),
    find: z.string().max(40).optional().describe('Part of a participant ID.'),
  }),
  reply: z.strictObject({ rows: z.array(participantRow), total: z.int() }),
});

/** Values of the study's screening fields: an option's value or a number. */
export const screeningValues = z.record(identifier, z.union([z.string(), z.number()]));

export const screenParticipant = endpoint({
  id: 'participants.screen',
  method: 'post',
  path: '/api/studies/:study/participants',
  summary: 'Register a person who was screened; gives the participant ID',
  access: 'participants.screen',
  params: studyParams,
  body: z.strictObject({
    key: idempotencyKey,
    site: identifier,
    screenedOn: day,
    values: screeningValues,
    identity: z
      .strictObject({
        identifier: z.string().trim().min(4).max(60).optional(),
        initials: z.string().trim().min(1).max(6).optional(),
        birthDate: day.optional(),
        anotherPerson: z
          .boolean()
          .optional()
          .describe('Somebody with the same initials and birth date is another person.'),
      })
      .optional()
      .describe('Finds a person who is registered already. Only keyed digests are kept, not what is typed.'),
  }),
  reply: z.strictObject({ code: participantCode }),
});

export const contactOutcome = z.enum(['reached', 'not-reached', 'declined', 'other']);

export const participantView = z.strictObject({
  code: participantCode,
  site: identifier,
  status: participantStatus,
  version: z.int().describe('Send it back with a change; a stale one is a conflict.'),
  studyVersion: z.int().describe('The protocol version that is active at the site.'),
  screenedOn: day,
  values: screeningValues,
  eligibility: z
    .strictObject({
      answers: z.record(identifier, z.boolean()).describe('Criterion → whether it holds.'),
      eligible: z.boolean(),
      confirmedBy: z.string(),
      confirmedAt: instant,
    })
    .nullable(),
  consent: z
    .strictObject({ version: z.string(), signedOn: day, recordedBy: z.string(), recordedAt: instant })
    .nullable(),
  randomised: z
    .strictObject({ at: instant, number: z.int(), by: z.string(), studyVersion: z.int() })
    .nullable()
    .describe('Never carries the arm; it is asked for on its own, and the asking is logged.'),
  mayReveal: z.boolean().describe('Whether the caller may ask for the arm.'),
  exclusionReason: z.string().nullable(),
  visits: z.array(visitView),
  forms: z.array(formSummary),
  contacts: z.array(
    z.strictObject({
      id: z.string(),
      at: instant,
      on: day,
      outcome: contactOutcome,
      note: z.string(),
      by: z.string(),
    }),
  ),
  events: z.array(
    z.strictObject({
      id: z.string(),
      event: identifier,
      label: z.string(),
      kind: z.string(),
      on: day,
      until: day.nullable(),
      detail: z.string(),
      version: z.int().describe('Send it back with a correction; a stale one is a conflict.'),
      struck: z
        .string()
        .nullable()
        .describe('Why it is struck through: entered in error, or taken back. Such an event counts nowhere.'),
      by: z.string(),
      at: instant,
    }),
  ),
  followUp: followUpView.describe('Which follow-up is stopped, and how it came to that.'),
});
export type ParticipantView = z.infer<typeof participantView>;

export const readParticipant = endpoint({
  id: 'participants.read',
  method: 'get',
  path: '/api/studies/:study/participants/:participant',
  summary: 'One participant: enrolment, visits, forms, contacts, events',
  access: 'participants.read',
  params: participantParams,
  reply: participantView,
});

export const excludeParticipant = endpoint({
  id: 'participants.exclude',
  method: 'post',
  path: '/api/studies/:study/participants/:participant/exclusion',
  summary: 'Close a screened person as not enrolled, with one of the reasons of the protocol',
  access: 'participants.enrol',
  params: participantParams,
  body: z.strictObject({ version: z.int(), reason: identifier }),
  reply: z.strictObject({ version: z.int(), status: participantStatus }),
});

export const confirmEligibility = endpoint({
  id: 'participants.eligibility',
  method: 'put',
  path: '/api/studies/:study/participants/:participant/eligibility',
  summary: 'Record each criterion; the participant becomes eligible or excluded',
  access: 'participants.enrol',
  params: participantParams,
  body: z.strictObject({ version: z.int(), answers: z.record(identifier, z.boolean()) }),
  reply: z.strictObject({ version: z.int(), status: participantStatus }),
});

export const readHistory = endpoint({
  id: 'participants.history',
  method: 'get',
  path: '/api/studies/:study/participants/:participant/history',
  summary: 'The audit trail of one participant, newest first, without arms',
  access: 'participants.read',
  params: participantParams,
  reply: z.strictObject({
    entries: z.array(
      z.strictObject({
        at: instant,
        by: z.string(),
        action: z.string(),
        subject: z.string(),
        summary: z.string(),
        reason: z.string().nullable(),
      }),
    ),
  }),
});

export const logContact = endpoint({
  id: 'contacts.log',
  method: 'post',
  path: '/api/studies/:study/participants/:participant/contacts',
  summary: 'Log an attempt to reach the participant',
  access: 'contacts.log',
  params: participantParams,
  body: z.strictObject({
    key: idempotencyKey,
    on: day,
    outcome: contactOutcome,
    note: z.string().max(500).default(''),
  }),
  reply: z.strictObject({ id: z.string() }),
});

export const recordEvent = endpoint({
  id: 'events.record',
  method: 'post',
  path: '/api/studies/:study/participants/:participant/events',
  summary: 'Record treatment start, an intercurrent event or a withdrawal',
  access: 'events.record',
  params: participantParams,
  body: z.strictObject({
    key: idempotencyKey,
    event: identifier,
    on: day,
    until: day.nullable().optional().describe('The last day of an intercurrent event that lasts.'),
    detail: z.string().max(500).default(''),
    lossReason: identifier.optional().describe('For a withdrawal.'),
  }),
  reply: z.strictObject({ id: z.string() }),
});
