import { z } from 'zod';
import { endpoint } from '../http/endpoint.ts';
import { day, idempotencyKey, participantCode, participantParams, studyParams } from '../http/wire.ts';
import { identifier } from '../instruments/document.ts';

const member = z.strictObject({ participant: participantCode, from: day, until: day.nullable() });
const therapist = z.strictObject({
  id: z.string(),
  site: identifier,
  name: z.string(),
  members: z.array(member).describe('Those who are or were treated one to one.'),
});
export const groupView = z.strictObject({
  id: z.string(),
  site: identifier,
  arm: identifier,
  name: z.string(),
  therapist: z.string().nullable(),
  startsOn: day,
  seats: z.int(),
  members: z.array(member),
});
export type GroupView = z.infer<typeof groupView>;

export const readGroups = endpoint({
  id: 'groups.read',
  method: 'get',
  path: '/api/studies/:study/groups',
  summary:
    'Therapists, therapy groups with their members, who waits for a seat, and how many seats are needed',
  access: 'groups.read',
  params: studyParams,
  reply: z.strictObject({
    therapists: z.array(therapist),
    groups: z.array(groupView),
    waiting: z.array(
      z.strictObject({
        participant: participantCode,
        site: identifier,
        arm: identifier,
        since: day,
        days: z.int(),
      }),
    ),
    plan: z.array(
      z.strictObject({
        site: identifier,
        arm: identifier,
        waiting: z.int(),
        free: z.int().describe('Free seats in groups that have not begun.'),
        least: z.int(),
        most: z.int(),
        canBegin: z.boolean().describe('Whether enough are waiting for one more group.'),
      }),
    ),
  }),
});

export const addTherapist = endpoint({
  id: 'groups.add-therapist',
  method: 'post',
  path: '/api/studies/:study/therapists',
  summary: 'Add a therapist of a site',
  access: 'groups.plan',
  params: studyParams,
  body: z.strictObject({ key: idempotencyKey, site: identifier, name: z.string().trim().min(2).max(80) }),
  reply: z.strictObject({ id: z.string() }),
});

export const addGroup = endpoint({
  id: 'groups.add',
  method: 'post',
  path: '/api/studies/:study/groups',
  summary: 'Plan a therapy group; allocation never looks at groups or seats',
  access: 'groups.plan',
  params: studyParams,
  body: z.strictObject({
    key: idempotencyKey,
    site: identifier,
    arm: identifier,
    name: z.string().trim().min(1).max(60),
    therapist: z.string().nullable().default(null),
    startsOn: day,
    seats: z.int().min(1).max(40),
  }),
  reply: z.strictObject({ id: z.string() }),
});

export const joinTherapy = endpoint({
  id: 'groups.join',
  method: 'post',
  path: '/api/studies/:study/participants/:participant/therapy',
  summary:
    'Seat a randomised participant in a group, or with a therapist; an earlier membership of the same kind ends',
  access: 'groups.plan',
  params: participantParams,
  body: z.strictObject({
    key: idempotencyKey,
    group: z.string().nullable().default(null),
    therapist: z.string().nullable().default(null),
    from: day,
  }),
  reply: z.strictObject({ id: z.string() }),
});

export const leaveTherapy = endpoint({
  id: 'groups.leave',
  method: 'post',
  path: '/api/studies/:study/participants/:participant/therapy/end',
  summary: 'End the membership of a group, and with the therapist',
  access: 'groups.plan',
  params: participantParams,
  body: z.strictObject({ until: day }),
  reply: z.strictObject({ ended: z.int() }),
});
