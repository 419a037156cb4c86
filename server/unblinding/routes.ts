import { type Route, serve } from '../http/serve.ts';
import { listUnblindings, openUnblinding, requestUnblinding } from './contract.ts';
import { listUnblindings as list, openUnblinding as open, requestUnblinding as request } from './unblind.ts';

export const unblindingRoutes: Route[] = [
  serve(requestUnblinding, ({ services, caller }, { params, body }) =>
    request(services, caller, params.participant, body),
  ),
  serve(openUnblinding, ({ services, caller }, { params }) => open(services, caller, params.unblinding)),
  serve(listUnblindings, ({ services, caller }) => list(services, caller)),
];
