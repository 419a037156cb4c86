import { fileName } from '../exports/fileName.ts';
import { type Route, serve, serveFile } from '../http/serve.ts';
import { contactsCsv } from './contacts.ts';
import {
  eraseIdentity,
  exportContacts,
  findIdentity,
  listIdentities,
  openIdentity,
  saveIdentity,
} from './contract.ts';
import { eraseIdentity as erase } from './erase.ts';
import { findIdentity as find } from './find.ts';
import { listIdentities as list } from './list.ts';
import { openIdentity as open } from './open.ts';
import { saveIdentity as save } from './save.ts';

export const identityRoutes: Route[] = [
  serve(listIdentities, ({ services, caller }, { query }) => list(services, caller, query)),
  serve(openIdentity, ({ services, caller }, { params, body }) =>
    open(services, caller, params.participant, body),
  ),
  serve(saveIdentity, ({ services, caller }, { params, body }) =>
    save(services, caller, params.participant, body),
  ),
  serve(findIdentity, ({ services, caller }, { body }) => find(services, caller, body)),
  serveFile(exportContacts, async ({ services, caller }, { body }, response) => {
    const csv = await contactsCsv(services, caller, body.reason);
    response.setHeader('Content-Type', 'text/csv; charset=utf-8; header=present');
    response.setHeader(
      'Content-Disposition',
      `attachment; filename="${fileName(services, caller.study, 'contacts')}"`,
    );
    response.end(csv);
  }),
  serve(eraseIdentity, ({ services, caller }, { params, body }) =>
    erase(services, caller, params.participant, body),
  ),
];
