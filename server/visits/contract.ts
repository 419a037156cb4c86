import { z } from 'zod';
import { followUpPart } from '../events/contract.ts';
import { harmClock } from '../harms/contract.ts';
import { endpoint } from '../http/endpoint.ts';
import {
  day,
  idempotencyKey,
  instant,
  pageQuery,
  participantCode,
  participantParams,
  reason,
  studyParams,
} from '../http/wire.ts';
import { identifier } from '../instruments/document.ts';

/**
 * One definition for every screen and export.
 * upcoming: the window isn't open yet. due: the window is open. overdue: it closed less than `missedAfter` days ago and
 * nothing was entered. missed: it closed longer ago and nothing was entered. started: some forms. done: every form complete.
 */
export const visitState = z.enum(['upcoming', 'due', 'overdue', 'missed', 'started', 'done', 'stopped']);
export type VisitState = z.infer<typeof visitState>;

export const visitView = z.strictObject({
  visit: identifier,
  label: z.string(),
  baseline: z.boolean(),
  opens: day.nullable().describe('Null before the date that it counts from is known.'),
  target: day.nullable(),
  closes: day.nullable(),
  bookedFor: z.string().nullable().describe('Local date and time, YYYY-MM-DDTHH:MM.'),
  seenOn: day.nullable(),
  state: visitState,
  formsDone: z.int(),
  formsTotal: z.int(),
  unscheduled: z.string().nullable().describe('Why it was added, where the protocol didn’t plan it.'),
});
export type VisitView = z.infer<typeof visitView>;

/** Local date and time to the minute; one that the calendar and the clock have. */
const appointment = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/, 'YYYY-MM-DDTHH:MM')
  .refine((text) => z.iso.datetime({ local: true }).safeParse(`${text}:00`).success, 'no such day or time');

export const bookVisit = endpoint({
  id: 'visits.book',
  method: 'put',
  path: '/api/studies/:study/participants/:participant/visits/:visit/booking',
  summary: 'Book, move or clear the appointment of a visit',
  access: 'visits.book',
  params: participantParams.extend({ visit: identifier }),
  body: z.strictObject({
    bookedFor: appointment.nullable(),
    reason: reason.optional().describe('Why it is moved or cleared; needed once it is booked.'),
  }),
  reply: visitView,
});

export const readBookings = endpoint({
  id: 'visits.bookings',
  method: 'get',
  path: '/api/studies/:study/participants/:participant/visits/:visit/bookings',
  summary: 'Every booking, move and cancellation of a visit, the newest first',
  access: 'participants.read',
  params: participantParams.extend({ visit: identifier }),
  reply: z.strictObject({
    changes: z.array(
      z.strictObject({
        bookedFor: z.string().nullable(),
        reason: z.string().nullable(),
        at: instant,
        by: z.string(),
      }),
    ),
  }),
});

export const addUnscheduledVisit = endpoint({
  id: 'visits.unscheduled',
  method: 'post',
  path: '/api/studies/:study/participants/:participant/unscheduled-visits',
  summary: 'Add a visit that the protocol didn’t plan: its day, the reason, and the forms to enter there',
  access: 'visits.book',
  params: participantParams,
  body: z.strictObject({
    key: idempotencyKey,
    on: day,
    reason,
    instruments: z.array(identifier).min(1).max(50).describe('Instruments of the protocol.'),
  }),
  reply: z.strictObject({ visit: identifier }),
});

export const visitListRow = z.strictObject({
  participant: participantCode,
  site: identifier,
  visit: visitView,
});
export type VisitListRow = z.infer<typeof visitListRow>;

export const listVisits = endpoint({
  id: 'visits.list',
  method: 'get',
  path: '/api/studies/:study/visits',
  summary: 'Every visit of everyone enrolled at the caller’s sites with its window, booking and state',
  access: 'participants.read',
  params: studyParams,
  query: z.strictObject({
    site: identifier.optional(),
    state: visitState.optional(),
    from: day.optional().describe('Windows that close on this day or later.'),
    to: day.optional().describe('Windows that open on this day or earlier.'),
  }),
  reply: z.strictObject({
    today: day,
    counts: z
      .strictObject({
        upcoming: z.int(),
        due: z.int(),
        overdue: z.int(),
        missed: z.int(),
        started: z.int(),
        done: z.int(),
        stopped: z.int(),
      })
      .describe('Of the site or sites, whatever the state asked for.'),
    rows: z.array(visitListRow),
  }),
});

export const worklistRow = z.strictObject({
  participant: participantCode,
  site: identifier,
  visit: visitView,
  daysLeft: z.int().describe('To the day on which the window closes; negative when it has.'),
  started: identifier.nullable().describe('An instrument that was begun and not completed.'),
  next: identifier.nullable().describe('The instrument to enter next.'),
  openQueries: z.int(),
  stopped: z.array(followUpPart).describe('What of the follow-up is stopped, although this visit goes on.'),
  contacts: z.strictObject({ count: z.int(), last: z.string().nullable() }),
});
export type WorklistRow = z.infer<typeof worklistRow>;

export const readWorklist = endpoint({
  id: 'worklist.read',
  method: 'get',
  path: '/api/studies/:study/worklist',
  summary: 'Open visits sorted by when their window closes, open safety alerts, queries for me, recruitment',
  access: 'worklist.read',
  params: studyParams,
  query: z.strictObject({
    ...pageQuery,
    site: identifier.optional(),
    show: z.enum(['overdue', 'week']).optional().describe('Windows that have closed, or close by Sunday.'),
  }),
  reply: z.strictObject({
    today: day,
    rows: z.array(worklistRow).describe('One page.'),
    total: z.int().describe('Rows of all pages.'),
    next: worklistRow.nullable().describe('The first whose window hasn’t closed, whatever is shown.'),
    counts: z
      .strictObject({
        overdue: z.int(),
        oldest: z.int().describe('Days since the first of their windows closed; 0: none has.'),
        week: z.int().describe('Closing by Sunday.'),
        idle: z.int().describe('Of those, neither booked nor begun.'),
        after: z.int().describe('Closing after Sunday.'),
        last: day.nullable().describe('When the last of all closes.'),
      })
      .describe('Of the site or sites, whatever is shown.'),
    later: z.int().describe('Visits whose window opens later than eight weeks from today; not listed.'),
    alerts: z.array(
      z.strictObject({
        id: z.string(),
        participant: participantCode,
        visit: identifier,
        instrument: identifier,
        item: identifier,
        value: z.int(),
        openedAt: instant,
        steps: z.array(z.string()),
      }),
    ),
    harms: z
      .array(
        z.strictObject({
          id: z.string(),
          participant: participantCode,
          term: z.string(),
          clock: harmClock,
        }),
      )
      .describe('Serious adverse events that nobody has reported to the sponsor yet, the most urgent first.'),
    queries: z.array(
      z.strictObject({
        id: z.string(),
        number: z.int(),
        participant: participantCode,
        text: z.string(),
        openedAt: instant,
      }),
    ),
    recruitment: z.strictObject({
      target: z.int(),
      randomised: z.int().nullable().describe('Null: too few to be shown to the role.'),
      plannedByToday: z.int().nullable().describe('By the last day that is counted.'),
      countedTo: day
        .nullable()
        .describe('The last day that is counted, where figures move on each week; null: today.'),
      from: day.nullable(),
      to: day.nullable(),
      series: z.array(z.strictObject({ on: day, count: z.int() })).describe('Running total.'),
      sites: z.array(
        z.strictObject({
          site: identifier,
          name: z.string(),
          randomised: z.int(),
          target: z.int().nullable(),
        }),
      ),
    }),
  }),
});

export const resolveAlert = endpoint({
  id: 'alerts.resolve',
  method: 'post',
  path: '/api/studies/:study/alerts/:alert/resolution',
  summary: 'Record what was done about a safety alert; it leaves the worklist',
  access: 'alerts.resolve',
  params: studyParams.extend({ alert: z.string() }),
  body: z.strictObject({ done: z.array(z.string()).default([]), note: z.string().trim().min(3).max(1000) }),
  reply: z.strictObject({ resolvedAt: instant }),
});
