import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { type FormView, readForm, saveForm } from '../../server/forms/contract.ts';
import type { InstrumentDocument } from '../../server/instruments/document.ts';
import { readParticipant } from '../../server/participants/contract.ts';
import { checkReadiness } from '../../server/randomisation/contract.ts';
import { readWorklist } from '../../server/visits/contract.ts';
import { call, keyOf, Refused } from '../api.ts';
import { reportSaved } from '../parts/saved.ts';
import { draftPlace } from './draft.ts';
import { createSaver } from './saver.ts';
import type { SaveFailure, Saver, SaverView } from './saving.ts';

/** A saver for one opened form, tied to the server, to this device and to the page's life. */
export function useFormSaver(
  study: string,
  user: string,
  form: FormView,
  instrument: InstrumentDocument,
): [Saver, SaverView] {
  const client = useQueryClient();
  const [saver] = useState(() => {
    const { participant, visit } = form;
    const params = { study, participant, visit, instrument: form.instrument };
    return createSaver({
      form,
      order: instrument.items.map(({ id }) => id),
      place: draftPlace(localStorage, [user, study, participant, visit, form.instrument].join('/')),
      async send({ lateReason, ...request }) {
        const body = { ...request, lateReason: lateReason ?? undefined };
        const reply = await call(saveForm, { params, body });
        client.setQueryData(keyOf(readForm, { params }), reply);
        for (const reading of [readParticipant, readWorklist, checkReadiness]) {
          void client.invalidateQueries({ queryKey: keyOf(reading) });
        }
        return reply;
      },
      explain,
      later(act, ms) {
        const timer = setTimeout(act, ms);
        return () => clearTimeout(timer);
      },
    });
  });
  useEffect(() => {
    const stop = saver.run();
    const flush = () => void saver.flush();
    const onHide = () => document.visibilityState === 'hidden' && flush();
    window.addEventListener('online', flush);
    window.addEventListener('blur', flush);
    document.addEventListener('visibilitychange', onHide);
    return () => {
      window.removeEventListener('online', flush);
      window.removeEventListener('blur', flush);
      document.removeEventListener('visibilitychange', onHide);
      stop();
    };
  }, [saver]);
  const view = useSyncExternalStore(saver.subscribe, saver.view);
  const { kind } = view.state;
  useEffect(() => {
    if (kind === 'kept' || kind === 'offline' || kind === 'correcting') reportSaved('device');
  }, [kind]);
  return [saver, view];
}

/** Signed out, too many requests: the same request succeeds a little later. */
const mayPass = new Set([401, 429]);

/** The server's refusals as the saver knows them; what may pass by itself counts as out of reach. */
function explain(error: unknown): SaveFailure {
  if (!(error instanceof Refused) || error.status >= 500 || mayPass.has(error.status))
    return { kind: 'unreachable' };
  if (error.status === 409 && isForm(error.current)) return { kind: 'conflict', current: error.current };
  return { kind: 'refused', message: error.message, issues: error.issues.map(({ message }) => message) };
}

const isForm = (current: unknown): current is FormView =>
  typeof current === 'object' && current !== null && 'version' in current && 'values' in current;
