import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { FormView } from '../../server/forms/contract.ts';
import type { InstrumentDocument } from '../../server/instruments/document.ts';
import type { FormPlace } from '../offline/kept.ts';
import { useOutbox } from '../offline/OutboxProvider.tsx';
import { holdForm } from '../offline/openForms.ts';
import { onResume } from '../offline/resume.ts';
import { sendWork } from '../offline/sendWork.ts';
import { reportSaved } from '../parts/saved.ts';
import { draftPlace } from './draft.ts';
import { createSaver } from './saver.ts';
import type { Saver, SaverView } from './saving.ts';
import { explain } from './send.ts';

/** A saver for one opened form, or its second entry, tied to the server, to this device and to the page's life. */
export function useFormSaver(
  study: string,
  form: FormView,
  instrument: InstrumentDocument,
  entry: FormPlace['entry'] = 'first',
): [Saver, SaverView] {
  const client = useQueryClient();
  const { outbox } = useOutbox();
  const [place] = useState(() => ({
    study,
    participant: form.participant,
    visit: form.visit,
    instrument: form.instrument,
    entry,
  }));
  const [saver] = useState(() =>
    createSaver({
      form,
      order: instrument.items.map(({ id }) => id),
      typed: new Set(
        instrument.items.filter(({ kind }) => kind !== 'choice' && kind !== 'choices').map(({ id }) => id),
      ),
      place: draftPlace(outbox, place),
      send: (request) => sendWork(client, outbox.user, place, request),
      explain,
      later(act, ms) {
        const timer = setTimeout(act, ms);
        return () => clearTimeout(timer);
      },
    }),
  );
  useEffect(() => {
    const release = holdForm(outbox.user, place);
    const stop = saver.run();
    const flush = () => void saver.flush();
    const onHide = () => document.visibilityState === 'hidden' && flush();
    const stopResuming = onResume(flush);
    window.addEventListener('blur', flush);
    document.addEventListener('visibilitychange', onHide);
    return () => {
      stopResuming();
      window.removeEventListener('blur', flush);
      document.removeEventListener('visibilitychange', onHide);
      // Held until the last save has its answer, so that nobody else sends the same.
      void stop().finally(release);
    };
  }, [outbox, place, saver]);
  const view = useSyncExternalStore(saver.subscribe, saver.view);
  const { kind } = view.state;
  const before = useRef(kind);
  useEffect(() => {
    // A save that met itself on the server was refused, and is saved all the same.
    if (kind === 'saved' && before.current !== 'saved') reportSaved('saved');
    before.current = kind;
    if (kind === 'kept' || kind === 'offline' || kind === 'correcting') reportSaved('device');
  }, [kind]);
  return [saver, view];
}
