import { type Route, serve } from '../http/serve.ts';
import { recordConsent } from './contract.ts';
import { recordConsent as record } from './record.ts';

export const consentRoutes: Route[] = [
  serve(recordConsent, ({ services, caller }, { params, body }) =>
    record(services, caller, params.participant, body),
  ),
];
