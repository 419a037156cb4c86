import { z } from 'zod';
import { endpoint } from '../../http/endpoint.ts';
import { idempotencyKey, instant, studyParams } from '../../http/wire.ts';
import { identifier } from '../../instruments/document.ts';

const CALENDAR = 'text/calendar';

export const readCalendar = endpoint({
  id: 'calendars.read',
  method: 'get',
  path: '/api/studies/:study/sites/:site/visits.ics',
  summary: 'The visits of a site as a calendar file: participant ID and visit, no name and no arm',
  access: 'visits.book',
  params: studyParams.extend({ site: identifier }),
  produces: CALENDAR,
});

export const calendarLink = z.strictObject({
  id: z.string(),
  site: identifier,
  createdAt: instant,
  createdBy: z.string(),
  revokedAt: instant.nullable(),
});
export type CalendarLink = z.infer<typeof calendarLink>;

export const listCalendarLinks = endpoint({
  id: 'calendars.links',
  method: 'get',
  path: '/api/studies/:study/calendars',
  summary: 'Addresses under which calendar programs read the visits of the caller’s sites, the newest first',
  access: 'visits.book',
  params: studyParams,
  reply: z.strictObject({ links: z.array(calendarLink) }),
});

export const addCalendarLink = endpoint({
  id: 'calendars.add',
  method: 'post',
  path: '/api/studies/:study/calendars',
  summary: 'Make an address under which a calendar program reads the visits of a site',
  access: 'visits.book',
  params: studyParams,
  body: z.strictObject({ key: idempotencyKey, site: identifier }),
  reply: z.strictObject({
    id: z.string(),
    path: z.string().describe('Path of the calendar with its secret, which is told this once only.'),
  }),
});

export const revokeCalendarLink = endpoint({
  id: 'calendars.revoke',
  method: 'post',
  path: '/api/studies/:study/calendars/:calendar/revocation',
  summary: 'Make the address of a calendar useless',
  access: 'visits.book',
  params: studyParams.extend({ calendar: z.string() }),
  reply: z.strictObject({ revokedAt: instant }),
});

export const readCalendarFeed = endpoint({
  id: 'calendars.feed',
  method: 'get',
  path: '/api/calendars/:token/visits.ics',
  summary: 'The visits of a site for a calendar program that knows the secret of the address',
  access: 'public',
  params: z.strictObject({ token: z.string().min(1).max(200) }),
  produces: CALENDAR,
});
