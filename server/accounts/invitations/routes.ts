import { type Route, serve, servePublic, serveUser } from '../../http/serve.ts';
import { addressOf } from '../origin.ts';
import * as accept from './accept.ts';
import {
  acceptInvitation,
  invite,
  inviteAgain,
  joinByInvitation,
  listInvitations,
  readInvitation,
  revokeInvitation,
} from './contract.ts';
import * as made from './invite.ts';

export const invitationRoutes: Route[] = [
  serve(invite, ({ services, caller }, { body }) => made.invite(services, caller, body)),
  serve(listInvitations, ({ services, caller }) => made.listInvitations(services, caller)),
  serve(inviteAgain, ({ services, caller }, { params }) =>
    made.inviteAgain(services, caller, params.invitation),
  ),
  serve(revokeInvitation, ({ services, caller }, { params }) =>
    made.revokeInvitation(services, caller, params.invitation),
  ),
  servePublic(readInvitation, ({ services }, { body }) => accept.readInvitation(services, body.token)),
  servePublic(acceptInvitation, ({ services }, { body }, { req }) =>
    accept.acceptInvitation(services, body, addressOf(services.config, req)),
  ),
  serveUser(joinByInvitation, ({ services, user }, { body }, { req }) =>
    accept.joinByInvitation(services, user, body.token, addressOf(services.config, req)),
  ),
];
