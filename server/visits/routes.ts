import { resolveAlert as resolve } from '../forms/alerts/resolve.ts';
import { type Route, serve } from '../http/serve.ts';
import { bookVisit as book } from './book.ts';
import { bookings } from './bookings.ts';
import {
  addUnscheduledVisit,
  bookVisit,
  listVisits,
  readBookings,
  readWorklist,
  resolveAlert,
} from './contract.ts';
import { visitList } from './list.ts';
import { addUnscheduled } from './unscheduled.ts';
import { worklist } from './worklist.ts';

export const visitRoutes: Route[] = [
  serve(readWorklist, ({ services, caller }, { query }) => worklist(services, caller, query)),
  serve(bookVisit, ({ services, caller }, { params, body }) =>
    book(services, caller, params.participant, params.visit, body),
  ),
  serve(readBookings, ({ services, caller }, { params }) =>
    bookings(services, caller, params.participant, params.visit),
  ),
  serve(addUnscheduledVisit, ({ services, caller }, { params, body }) =>
    addUnscheduled(services, caller, params.participant, body),
  ),
  serve(listVisits, ({ services, caller }, { query }) => visitList(services, caller, query)),
  serve(resolveAlert, ({ services, caller }, { params, body }) =>
    resolve(services, caller, params.alert, body),
  ),
];
