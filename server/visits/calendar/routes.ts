import type { Response } from 'express';
import { type Route, serve, serveFile, servePublic } from '../../http/serve.ts';
import {
  addCalendarLink,
  listCalendarLinks,
  readCalendar,
  readCalendarFeed,
  revokeCalendarLink,
} from './contract.ts';
import * as links from './links.ts';

export const calendarRoutes: Route[] = [
  serveFile(readCalendar, async ({ services, caller }, { params }, response) => {
    const text = await links.readCalendar(services, caller, params.site);
    response.setHeader('Content-Disposition', `attachment; filename="${caller.study.id}-${params.site}.ics"`);
    send(response, text);
  }),
  serve(listCalendarLinks, ({ services, caller }) => links.listLinks(services, caller)),
  serve(addCalendarLink, ({ services, caller }, { body }) => links.addLink(services, caller, body)),
  serve(revokeCalendarLink, ({ services, caller }, { params }) =>
    links.revokeLink(services, caller, params.calendar),
  ),
  servePublic(readCalendarFeed, async ({ services }, { params }, response) => {
    send(response, await links.readFeed(services, params.token));
    return undefined;
  }),
];

function send(response: Response, text: string): void {
  response.setHeader('Content-Type', 'text/calendar; charset=utf-8');
  response.end(text);
}
