import type { Response } from 'express';
import { type Route, serve, servePublic, serveUser } from '../http/serve.ts';
import { changePassword as change } from './changePassword.ts';
import {
  addPerson,
  changePassword,
  disablePerson,
  enablePerson,
  listPeople,
  readSession,
  readSetup,
  resetPassword,
  revokeMembership,
  runSetup,
  signIn,
  signOut,
} from './contract.ts';
import { currentSession } from './currentSession.ts';
import { setDisabled } from './disabled/disable.ts';
import { originOf } from './origin.ts';
import * as people from './people.ts';
import { readSession as session } from './readSession.ts';
import { resetPassword as reset } from './resetPassword.ts';
import { isSetupOpen, runSetup as setup } from './setup.ts';
import * as sessions from './signIn.ts';

export const accountRoutes: Route[] = [
  servePublic(signIn, async ({ services }, { body }, response) => {
    const { cookies, user } = await sessions.signIn(services, body, originOf(services.config, response.req));
    setCookies(response, cookies);
    return user ? { user, next: null } : { user: null, next: 'code' as const };
  }),
  servePublic(signOut, async ({ services }, _input, response) => {
    const from = originOf(services.config, response.req);
    const who = await currentSession(services, from.headers);
    const { cookies } = await sessions.signOut(services, who?.user ?? null, from);
    setCookies(response, cookies);
    return { signedOut: true as const };
  }),
  serveUser(changePassword, async ({ services, user }, { body }, response) => {
    const from = originOf(services.config, response.req);
    const { cookies } = await change(services, user, body, from);
    setCookies(response, cookies);
    return { changed: true as const };
  }),
  serveUser(readSession, ({ services, user, sessionEnds }) => session(services, user, sessionEnds)),
  servePublic(readSetup, async ({ services }) => ({
    open: await isSetupOpen(services),
    demo: services.demoSignIns,
    mail: services.config.mail !== null,
  })),
  servePublic(runSetup, ({ services }, { body }) => setup(services, body)),
  serve(listPeople, ({ services, caller }) => people.listPeople(services, caller)),
  serve(addPerson, ({ services, caller }, { body }) => people.addPerson(services, caller, body)),
  serve(resetPassword, ({ services, caller }, { params, body }) =>
    reset(services, caller, params.person, body.password),
  ),
  serve(disablePerson, ({ services, caller }, { params }) =>
    setDisabled(services, caller, params.person, true),
  ),
  serve(enablePerson, ({ services, caller }, { params }) =>
    setDisabled(services, caller, params.person, false),
  ),
  serve(revokeMembership, ({ services, caller }, { params }) =>
    people.takeRole(services, caller, params.membership),
  ),
];

function setCookies(response: Response, cookies: readonly string[]): void {
  response.removeHeader('Set-Cookie');
  for (const cookie of cookies) response.append('Set-Cookie', cookie);
}
