import { type Route, serveUser } from '../../http/serve.ts';
import { chooseLanguage as choose } from '../language/choose.ts';
import { chooseLanguage, endOtherSessions, endSession, readAccount } from './contract.ts';
import * as own from './own.ts';

export const sessionRoutes: Route[] = [
  serveUser(readAccount, ({ services, user, session }) => own.readAccount(services, user, session)),
  serveUser(chooseLanguage, ({ services, user }, { body }) => choose(services, user, body.language)),
  serveUser(endSession, ({ services, user }, { params }) => own.endSession(services, user, params.session)),
  serveUser(endOtherSessions, ({ services, user, session }) => own.endOtherSessions(services, user, session)),
];
