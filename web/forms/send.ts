import type { QueryClient } from '@tanstack/react-query';
import { type FormView, readForm, saveForm } from '../../server/forms/contract.ts';

import { participantHolds } from '../../server/locks/contract.ts';
import { readParticipant } from '../../server/participants/contract.ts';
import { checkReadiness } from '../../server/randomisation/contract.ts';
import { readWorklist } from '../../server/visits/contract.ts';
import { call, keyOf, Refused, type Reply } from '../api.ts';
import type { FormPlace } from '../offline/kept.ts';
import type { SaveFailure, SaveRequest } from './saving.ts';

/** Sends one save in the name of the person who typed it, and lets every page that shows the form read it anew. */
export async function sendForm(
  client: QueryClient,
  user: string,
  { study, participant, visit, instrument }: FormPlace,
  { lateReason, ...request }: SaveRequest,
): Promise<FormView> {
  const params = { study, participant, visit, instrument };
  const body = { ...request, lateReason: lateReason ?? undefined };
  const holds = keyOf(participantHolds, { params: { study, participant } });
  const reply = await call(saveForm, { params, body }, { as: user }).catch((cause: unknown) => {
    // Whoever locked it in between may be why.
    if (cause instanceof Refused) void client.invalidateQueries({ queryKey: holds });
    throw cause;
  });
  if (client.getQueryData<Reply<typeof participantHolds>>(holds)?.holds.length)
    void client.invalidateQueries({ queryKey: holds });
  client.setQueryData(keyOf(readForm, { params }), reply);
  for (const reading of [readParticipant, readWorklist, checkReadiness]) {
    void client.invalidateQueries({ queryKey: keyOf(reading) });
  }
  return reply;
}

/** Signed out, too many requests: the same request succeeds a little later. */
const mayPass = new Set([401, 429]);

/** The server's refusals as the saver knows them; what may pass by itself counts as out of reach. */
export function explain(error: unknown): SaveFailure {
  if (!(error instanceof Refused) || error.status >= 500 || mayPass.has(error.status))
    return { kind: 'unreachable' };
  if (error.status === 409 && isForm(error.current)) return { kind: 'conflict', current: error.current };
  return { kind: 'refused', message: error.message, issues: error.issues.map(({ message }) => message) };
}

const isForm = (current: unknown): current is FormView =>
  typeof current === 'object' && current !== null && 'version' in current && 'values' in current;
