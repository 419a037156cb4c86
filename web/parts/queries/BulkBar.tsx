import { useId, useState } from 'react';
import { bulkQueries, listQueries, type QueryView } from '../../../server/queries/contract.ts';
import { readWorklist } from '../../../server/visits/contract.ts';
import { newKey, useCall } from '../../api.ts';
import { t } from '../../language/t.ts';
import { useStudyId } from '../../session.ts';
import { Dialog } from '../dialogs/Dialog.tsx';
import { OwnerChoice, useOwnerChoice } from './OwnerChoice.tsx';

type Act = 'close' | 'reply' | 'assign';
const words: Record<Act, string> = { close: t('Close'), reply: t('Reply to'), assign: t('Give away') };

/** What can be done to the ticked queries at once: to all of them or to none. */
export function BulkBar({ queries, untick }: { queries: readonly QueryView[]; untick: () => void }) {
  const [asked, setAsked] = useState<Act | null>(null);
  return (
    <div className="bulk">
      <span className="grow" role="status">
        {t('{queries, plural, one {# query} other {# queries}} ticked', { queries: queries.length })}
      </span>
      <button type="button" className="btn sm quiet" onClick={untick}>
        {t('Untick')}
      </button>
      <button type="button" className="btn sm" onClick={() => setAsked('assign')}>
        {t('Give to…')}
      </button>
      <button type="button" className="btn sm" onClick={() => setAsked('reply')}>
        {t('Reply…')}
      </button>
      <button type="button" className="btn sm" onClick={() => setAsked('close')}>
        {t('Close…')}
      </button>
      {asked && <BulkDialog act={asked} queries={queries} onDone={untick} onClose={() => setAsked(null)} />}
    </div>
  );
}

interface Props {
  act: Act;
  queries: readonly QueryView[];
  onDone: () => void;
  onClose: () => void;
}

function BulkDialog({ act, queries, onDone, onClose }: Props) {
  const study = useStudyId();
  const id = useId();
  const bulk = useCall(bulkQueries, { invalidates: [listQueries, readWorklist] });
  const [key] = useState(newKey);
  const [text, setText] = useState('');
  const choice = useOwnerChoice(null);
  const many = t('{queries, plural, one {# query} other {# queries}}', { queries: queries.length });
  const deed =
    act === 'assign'
      ? { do: act, owner: choice.owner }
      : act === 'reply'
        ? { do: act, text }
        : { do: act, ...(text.trim() && { text }) };
  const send = () =>
    bulk.mutate(
      {
        params: { study },
        body: { key, act: deed, queries: queries.map(({ id, version }) => ({ id, version })) },
      },
      {
        onSuccess: () => {
          onDone();
          onClose();
        },
      },
    );
  return (
    <Dialog
      title={`${words[act]} ${many}`}
      act={`${words[act]} ${many}`}
      busy={bulk.isPending || (act === 'reply' && text.trim() === '')}
      cause={bulk.error}
      onAct={send}
      onClose={onClose}
    >
      <p className="small mute">
        {t('Numbers {map}. All of them, or, if one was changed meanwhile, none.', {
          map: queries.map(({ number }) => number).join(', '),
        })}
      </p>
      {act === 'assign' ? (
        <OwnerChoice choice={choice} site={null} />
      ) : (
        <div>
          <label className="lab" htmlFor={id}>
            {act === 'close' ? t('What to say in each thread (optional)') : t('Reply in each thread')}
          </label>
          <textarea
            className="inp"
            id={id}
            rows={3}
            maxLength={1000}
            required={act === 'reply'}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        </div>
      )}
    </Dialog>
  );
}
