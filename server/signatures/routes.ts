import { addressOf } from '../accounts/origin.ts';
import { reauthenticate } from '../accounts/reauthenticate.ts';
import { type Route, serve } from '../http/serve.ts';
import { listSignatures, participantSignatures, sign } from './contract.ts';
import { signForms } from './sign.ts';
import { listSignatures as list, participantSignatures as ofParticipant } from './view.ts';

export const signatureRoutes: Route[] = [
  serve(participantSignatures, ({ services, caller }, { params }) =>
    ofParticipant(services, caller, params.participant),
  ),
  serve(listSignatures, ({ services, caller }) => list(services, caller)),
  serve(sign, async ({ services, caller }, { params, body }, response) => {
    const { password, code, ...signing } = body;
    const address = addressOf(services.config, response.req);
    await reauthenticate(services, caller.user, { password, code }, `signing in ${caller.study.id}`, address);
    return signForms(services, caller, params.participant, signing);
  }),
];
