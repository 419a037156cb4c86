import type { Request, Response } from 'express';
import type { Config } from '../config.ts';
import { type Route, serve, servePublic, serveUser } from '../http/serve.ts';
import {
  addPerson,
  changePassword,
  listPeople,
  readSession,
  readSetup,
  resetPassword,
  revokeMembership,
  runSetup,
  signIn,
  signOut,
} from './contract.ts';
import * as people from './people.ts';
import { readSession as session } from './readSession.ts';
import { resetPassword as reset } from './resetPassword.ts';
import { isSetupOpen, runSetup as setup } from './setup.ts';
import * as sessions from './signIn.ts';

export const accountRoutes: Route[] = [
  servePublic(signIn, async ({ services }, { body }, response) => {
    const { cookies, user } = await sessions.signIn(services, body, originOf(services.config, response.req));
    setCookies(response, cookies);
    return { user };
  }),
  servePublic(signOut, async ({ services }, _input, response) => {
    const { cookies } = await sessions.signOut(services, originOf(services.config, response.req));
    setCookies(response, cookies);
    return { signedOut: true as const };
  }),
  serveUser(changePassword, async ({ services, user }, { body }, response) => {
    const from = originOf(services.config, response.req);
    const { cookies } = await sessions.changePassword(services, user, body, from);
    setCookies(response, cookies);
    return { changed: true as const };
  }),
  serveUser(readSession, ({ services, user, sessionEnds }) => session(services, user, sessionEnds)),
  servePublic(readSetup, async ({ services }) => ({
    open: await isSetupOpen(services),
    demo: services.demoSignIns,
  })),
  servePublic(runSetup, ({ services }, { body }) => setup(services, body)),
  serve(listPeople, ({ services, caller }) => people.listPeople(services, caller)),
  serve(addPerson, ({ services, caller }, { body }) => people.addPerson(services, caller, body)),
  serve(resetPassword, ({ services, caller }, { params, body }) =>
    reset(services, caller, params.person, body.password),
  ),
  serve(revokeMembership, ({ services, caller }, { params }) =>
    people.takeRole(services, caller, params.membership),
  ),
];

/** Behind a proxy, which EQUIPOISE_URL says there is, the last address that it noted is the client's. */
function originOf(config: Config, request: Request): sessions.Origin {
  const noted =
    config.publicUrl === null ? undefined : request.get('x-forwarded-for')?.split(',').at(-1)?.trim();
  return { headers: request.headers, address: noted || request.socket.remoteAddress || '' };
}

function setCookies(response: Response, cookies: readonly string[]): void {
  response.removeHeader('Set-Cookie');
  for (const cookie of cookies) response.append('Set-Cookie', cookie);
}
