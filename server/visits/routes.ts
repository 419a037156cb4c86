import { resolveAlert as resolve } from '../forms/resolveAlert.ts';
import { type Route, serve } from '../http/serve.ts';
import { bookVisit as book } from './book.ts';
import { bookVisit, readWorklist, resolveAlert } from './contract.ts';
import { worklist } from './worklist.ts';

export const visitRoutes: Route[] = [
  serve(readWorklist, ({ services, caller }, { query }) => worklist(services, caller, query)),
  serve(bookVisit, ({ services, caller }, { params, body }) =>
    book(services, caller, params.participant, params.visit, body.bookedFor),
  ),
  serve(resolveAlert, ({ services, caller }, { params, body }) =>
    resolve(services, caller, params.alert, body),
  ),
];
