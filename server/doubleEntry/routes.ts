import { type Route, serve } from '../http/serve.ts';
import { adjudicate as decide } from './adjudicate.ts';
import { compareEntries as compare } from './compare.ts';
import {
  adjudicate,
  compareEntries,
  doubleEntryStatistics,
  listDoubleEntry,
  readSecondEntry,
  saveSecondEntry,
} from './contract.ts';
import { readSecondEntry as read, saveSecondEntry as save } from './entry.ts';
import { listDoubleEntry as list } from './list.ts';
import { doubleEntryStatistics as statistics } from './statistics.ts';

export const doubleEntryRoutes: Route[] = [
  serve(listDoubleEntry, ({ services, caller }, { query }) => list(services, caller, query)),
  serve(readSecondEntry, ({ services, caller }, { params }) => read(services, caller, params)),
  serve(saveSecondEntry, ({ services, caller }, { params, body }) => save(services, caller, params, body)),
  serve(compareEntries, ({ services, caller }, { params }) => compare(services, caller, params)),
  serve(adjudicate, ({ services, caller }, { params, body }) => decide(services, caller, params, body)),
  serve(doubleEntryStatistics, ({ services, caller }) => statistics(services, caller)),
];
