import { type Route, serve, serveUser } from '../../http/serve.ts';
import { addressOf } from '../origin.ts';
import {
  beginFactor,
  confirmFactor,
  endFactor,
  renewBackupCodes,
  requireFactor,
  resetFactor,
} from './contract.ts';
import * as manage from './manage.ts';
import * as own from './own.ts';

export const factorRoutes: Route[] = [
  serveUser(beginFactor, ({ services, user }, { body }, { req }) =>
    own.beginFactor(services, user, body.password, addressOf(services.config, req)),
  ),
  serveUser(confirmFactor, ({ services, user }, { body }, { req }) =>
    own.turnFactorOn(services, user, body.code, addressOf(services.config, req)),
  ),
  serveUser(endFactor, ({ services, user }, { body }, { req }) =>
    own.endFactor(services, user, body, addressOf(services.config, req)),
  ),
  serveUser(renewBackupCodes, ({ services, user }, { body }, { req }) =>
    own.renewBackupCodes(services, user, body, addressOf(services.config, req)),
  ),
  serve(resetFactor, ({ services, caller }, { params }) =>
    manage.resetFactor(services, caller, params.person),
  ),
  serve(requireFactor, ({ services, caller }, { body }) =>
    manage.requireFactor(services, caller, body.roles),
  ),
];
