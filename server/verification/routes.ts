import { type Route, serve } from '../http/serve.ts';
import { markConsent, markVerified, readFormVerification, readVerification } from './contract.ts';
import { markVerified as mark, markConsent as ofConsent } from './mark.ts';
import { listVerification as list, readFormVerification as ofForm } from './read.ts';

export const verificationRoutes: Route[] = [
  serve(readVerification, ({ services, caller }, { query }) => list(services, caller, query)),
  serve(readFormVerification, ({ services, caller }, { params }) => ofForm(services, caller, params)),
  serve(markVerified, ({ services, caller }, { params, body }) => mark(services, caller, params, body)),
  serve(markConsent, ({ services, caller }, { params, body }) =>
    ofConsent(services, caller, params.participant, body),
  ),
];
