import { join } from 'node:path';
import compression from 'compression';
import express, { type Express } from 'express';
import helmet from 'helmet';
import { factorRoutes } from './accounts/factor/routes.ts';
import { forgottenRoutes } from './accounts/forgotten/routes.ts';
import { invitationRoutes } from './accounts/invitations/routes.ts';
import { accountLogRoutes } from './accounts/log/routes.ts';
import { accountRoutes } from './accounts/routes.ts';
import { sessionRoutes } from './accounts/sessions/routes.ts';
import { analysisRoutes } from './analyses/runs/routes.ts';
import { auditRoutes } from './audit/routes.ts';
import { boardRoutes } from './board/routes.ts';
import { changeRoutes } from './changes/routes.ts';
import { consentRoutes } from './consent/routes.ts';
import { deviationRoutes } from './deviations/routes.ts';
import { doubleEntryRoutes } from './doubleEntry/routes.ts';
import { Refused } from './errors.ts';
import { eventRoutes } from './events/routes.ts';
import { exportRoutes } from './exports/routes.ts';
import { formRoutes } from './forms/routes.ts';
import { groupRoutes } from './groups/routes.ts';
import { harmRoutes } from './harms/routes.ts';
import { mount } from './http/mount.ts';
import { openApiDocument } from './http/openapi.ts';
import { refuseForeignWrites } from './http/origin.ts';
import { refuse } from './http/refuse.ts';
import type { Route } from './http/serve.ts';
import { identityRoutes } from './identity/routes.ts';
import { importRoutes } from './imports/routes.ts';
import { lockRoutes } from './locks/routes.ts';
import { medicationRoutes } from './medication/routes.ts';
import { participantRoutes } from './participants/routes.ts';
import { queryRoutes } from './queries/routes.ts';
import { randomisationRoutes } from './randomisation/routes.ts';
import { reportRoutes } from './reports/routes.ts';
import { resultRoutes } from './results/routes.ts';
import type { Services } from './services.ts';
import { therapySessionRoutes } from './sessions/routes.ts';
import { signatureRoutes } from './signatures/routes.ts';
import { studyRoutes } from './studies/routes.ts';
import { unblindingRoutes } from './unblinding/routes.ts';
import { verificationRoutes } from './verification/routes.ts';
import { VERSION } from './version.ts';
import { calendarRoutes } from './visits/calendar/routes.ts';
import { visitRoutes } from './visits/routes.ts';

export const routes: readonly Route[] = [
  ...accountRoutes,
  ...factorRoutes,
  ...forgottenRoutes,
  ...invitationRoutes,
  ...sessionRoutes,
  ...accountLogRoutes,
  ...studyRoutes,
  ...participantRoutes,
  ...eventRoutes,
  ...harmRoutes,
  ...deviationRoutes,
  ...medicationRoutes,
  ...consentRoutes,
  ...identityRoutes,
  ...randomisationRoutes,
  ...unblindingRoutes,
  ...groupRoutes,
  ...therapySessionRoutes,
  ...visitRoutes,
  ...calendarRoutes,
  ...formRoutes,
  ...queryRoutes,
  ...doubleEntryRoutes,
  ...lockRoutes,
  ...signatureRoutes,
  ...verificationRoutes,
  ...auditRoutes,
  ...resultRoutes,
  ...changeRoutes,
  ...analysisRoutes,
  ...boardRoutes,
  ...reportRoutes,
  ...exportRoutes,
  ...importRoutes,
];

/** @param webFolder the built pages; without it only the API answers */
export function createApp(services: Services, webFolder?: string): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.use(helmet(headers));
  app.use(compression());
  app.use(refuseForeignWrites(services.config));
  app.use('/api', (_request, response, next) => {
    response.setHeader('Cache-Control', 'no-store');
    next();
  });
  mount(app, services, routes);
  let description: object | undefined;
  app.get('/api/openapi.json', (_request, response) => {
    description ??= openApiDocument(VERSION);
    response.json(description);
  });
  app.get('/healthz', (_request, response) => void response.json({ ok: true, version: VERSION }));
  app.use('/api', (_request, _response, next) =>
    next(new Refused('not-found', 'There is nothing at this address.')),
  );
  if (webFolder) servePages(app, webFolder);
  app.use(refuse(services.log));
  return app;
}

const headers: Parameters<typeof helmet>[0] = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'self'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:', 'blob:'],
      fontSrc: ["'self'"],
      connectSrc: ["'self'"],
      objectSrc: ["'none'"],
      baseUri: ["'self'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
  },
  strictTransportSecurity: false,
  crossOriginEmbedderPolicy: false,
};

/** Built files have their hash in their name and never change; every other address is a page of the app. */
function servePages(app: Express, folder: string): void {
  app.use(
    '/assets',
    express.static(join(folder, 'assets'), { immutable: true, maxAge: '1y', fallthrough: false }),
  );
  app.use(express.static(folder, { index: false, maxAge: '1h' }));
  app.get('/*path', (_request, response) =>
    response.sendFile(join(folder, 'index.html'), { headers: { 'Cache-Control': 'no-cache' } }),
  );
  app.get('/', (_request, response) =>
    response.sendFile(join(folder, 'index.html'), { headers: { 'Cache-Control': 'no-cache' } }),
  );
}
