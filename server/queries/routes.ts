import { fileName } from '../exports/fileName.ts';
import { type Route, serve, serveFile } from '../http/serve.ts';
import { actOnQuery } from './act.ts';
import { ageingOfQueries as ageing } from './ageing.ts';
import { bulkQueries as bulk } from './bulk.ts';
import {
  ageingOfQueries,
  assignQuery,
  bulkQueries,
  cancelQuery,
  closeQuery,
  exportQueries,
  listQueries,
  openQuery,
  queryPeople,
  reopenQuery,
  replyToQuery,
} from './contract.ts';
import { queriesCsv } from './csv.ts';
import { openQuery as open } from './open.ts';
import { queryPeople as people } from './owner.ts';
import { listQueries as list } from './view.ts';

export const queryRoutes: Route[] = [
  serve(listQueries, ({ services, caller }, { query }) => list(services, caller, query)),
  serve(ageingOfQueries, ({ services, caller }) => ageing(services, caller)),
  serve(queryPeople, ({ services, caller }) => people(services, caller)),
  serveFile(exportQueries, async ({ services, caller }, { query }, response) => {
    const csv = await queriesCsv(services, caller, query);
    response.setHeader('Content-Type', 'text/csv; charset=utf-8; header=present');
    response.setHeader(
      'Content-Disposition',
      `attachment; filename="${fileName(services, caller.study, 'queries')}"`,
    );
    response.end(csv);
  }),
  serve(openQuery, ({ services, caller }, { body }) => open(services, caller, body)),
  serve(replyToQuery, ({ services, caller }, { params, body }) =>
    actOnQuery(services, caller, params.query, { do: 'reply', ...body }),
  ),
  serve(assignQuery, ({ services, caller }, { params, body }) =>
    actOnQuery(services, caller, params.query, { do: 'assign', ...body }),
  ),
  serve(closeQuery, ({ services, caller }, { params, body }) =>
    actOnQuery(services, caller, params.query, { do: 'close', ...body }),
  ),
  serve(reopenQuery, ({ services, caller }, { params, body }) =>
    actOnQuery(services, caller, params.query, { do: 'reopen', ...body }),
  ),
  serve(cancelQuery, ({ services, caller }, { params, body }) =>
    actOnQuery(services, caller, params.query, { do: 'cancel', ...body }),
  ),
  serve(bulkQueries, ({ services, caller }, { body }) => bulk(services, caller, body)),
];
