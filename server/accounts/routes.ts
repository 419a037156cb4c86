import { type Route, serve, servePublic, serveUser } from '../http/serve.ts';
import { addPerson, listPeople, readSession, readSetup, revokeMembership, runSetup } from './contract.ts';
import * as people from './people.ts';
import { readSession as session } from './readSession.ts';
import { isSetupOpen, runSetup as setup } from './setup.ts';

export const accountRoutes: Route[] = [
  serveUser(readSession, ({ services, user, sessionEnds }) => session(services, user, sessionEnds)),
  servePublic(readSetup, async ({ services }) => ({
    open: await isSetupOpen(services),
    demo: services.demoSignIns,
  })),
  servePublic(runSetup, ({ services }, { body }) => setup(services, body)),
  serve(listPeople, ({ services, caller }) => people.listPeople(services, caller)),
  serve(addPerson, ({ services, caller }, { body }) => people.addPerson(services, caller, body)),
  serve(revokeMembership, ({ services, caller }, { params }) =>
    people.takeRole(services, caller, params.membership),
  ),
];
