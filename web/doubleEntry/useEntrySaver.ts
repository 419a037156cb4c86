import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { listDoubleEntry, saveSecondEntry } from '../../server/doubleEntry/contract.ts';
import type { FormView } from '../../server/forms/contract.ts';
import { readForm } from '../../server/forms/contract.ts';
import type { InstrumentDocument } from '../../server/instruments/document.ts';
import { call, keyOf } from '../api.ts';
import type { DraftPlace } from '../forms/draft.ts';
import { createSaver } from '../forms/saver.ts';
import type { Saver, SaverView } from '../forms/saving.ts';
import { explain } from '../forms/send.ts';

/** A second entry lives in its page and on the server only: what is kept on a device is sent as a first entry. */
function memory(): DraftPlace {
  let kept: ReturnType<DraftPlace['read']> = null;
  return {
    read: () => kept,
    write(draft) {
      kept = draft;
    },
    clear() {
      kept = null;
    },
  };
}

/** A saver for one second entry, tied to the server and to the page's life. */
export function useEntrySaver(
  study: string,
  form: FormView,
  instrument: InstrumentDocument,
): [Saver, SaverView] {
  const client = useQueryClient();
  const [saver] = useState(() => {
    const { participant, visit } = form;
    const params = { study, participant, visit, instrument: form.instrument };
    // What of the first entry this person looked at earlier goes from the page's memory.
    client.removeQueries({ queryKey: keyOf(readForm, { params }) });
    return createSaver({
      form,
      order: instrument.items.map(({ id }) => id),
      place: memory(),
      async send({ version, assessedOn, values, complete }) {
        const reply = await call(saveSecondEntry, {
          params,
          body: { version, assessedOn, values, complete },
        });
        void client.invalidateQueries({ queryKey: keyOf(listDoubleEntry) });
        return withoutWindow(reply);
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
    window.addEventListener('blur', flush);
    return () => {
      window.removeEventListener('blur', flush);
      stop();
    };
  }, [saver]);
  return [saver, useSyncExternalStore(saver.subscribe, saver.view)];
}

/** Whether the day was inside the window was asked at the first entry; it isn't asked again. */
export const withoutWindow = (form: FormView): FormView => ({
  ...form,
  window: { opens: null, closes: null },
});
