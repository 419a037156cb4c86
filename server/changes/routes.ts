import { type Route, serveFile } from '../http/serve.ts';
import { followChanges } from './contract.ts';
import { follow } from './streams.ts';

export const changeRoutes: Route[] = [
  serveFile(followChanges, async ({ services, caller, user, session }, { query }, response) =>
    follow(services, {
      response,
      user,
      session,
      study: caller.study.id,
      told: caller.study.changedAt,
      endsAt: performance.now() + 1000 * query.seconds,
    }),
  ),
];
