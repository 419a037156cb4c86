import { type Route, servePublic } from '../../http/serve.ts';
import { askedFor } from '../../language/language.rules.ts';
import { addressOf } from '../origin.ts';
import { askPasswordLink, usePasswordLink } from './contract.ts';
import { askPasswordLink as ask, usePasswordLink as renew } from './renew.ts';

export const forgottenRoutes: Route[] = [
  servePublic(askPasswordLink, ({ services }, { body }, { req }) =>
    ask(services, body.email, addressOf(services.config, req), askedFor(req.get('accept-language'))),
  ),
  servePublic(usePasswordLink, ({ services }, { body }, { req }) =>
    renew(services, body, addressOf(services.config, req)),
  ),
];
