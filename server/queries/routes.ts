import { type Route, serve } from '../http/serve.ts';
import { closeQuery, listQueries, openQuery, replyToQuery } from './contract.ts';
import { openQuery as open } from './open.ts';
import { closeQuery as close, replyToQuery as reply } from './reply.ts';
import { listQueries as list } from './view.ts';

export const queryRoutes: Route[] = [
  serve(listQueries, ({ services, caller }, { query }) => list(services, caller, query)),
  serve(openQuery, ({ services, caller }, { body }) => open(services, caller, body)),
  serve(replyToQuery, ({ services, caller }, { params, body }) =>
    reply(services, caller, params.query, body),
  ),
  serve(closeQuery, ({ services, caller }, { params }) => close(services, caller, params.query)),
];
