import { useId, useState } from 'react';
import { listRuns, markRun, type RunView, readRun } from '../../server/analyses/runs/contract.ts';
import { useCall } from '../api.ts';
import { t } from '../language/t.ts';
import { Refusal } from '../parts/Refusal.tsx';
import { stamp } from '../time.ts';
import css from './workbench.module.css';

/** Whether the run was reported, and why or why not. */
export function Mark({ study, run }: { study: string; run: RunView }) {
  const [open, setOpen] = useState<boolean | null>(null);
  const [reason, setReason] = useState('');
  const id = useId();
  const save = useCall(markRun, { invalidates: [listRuns, readRun] });
  const send = (reported: boolean) =>
    save.mutate(
      { params: { study, run: run.id }, body: { version: run.mark?.version ?? 0, reported, reason } },
      {
        onSuccess: () => {
          setOpen(null);
          setReason('');
        },
      },
    );
  return (
    <div className={css.mark}>
      <p>
        {run.mark
          ? `${run.mark.reported ? t('Reported') : t('Not reported')}: ${run.mark.reason} (${run.mark.by}, ${stamp(run.mark.at)})`
          : t('Nobody has said yet whether this run was reported.')}
      </p>
      {open === null ? (
        <div className={css.files}>
          <button type="button" className="btn sm" onClick={() => setOpen(true)}>
            {t('Mark as reported')}
          </button>
          <button type="button" className="btn sm" onClick={() => setOpen(false)}>
            {t('Not reported')}
          </button>
        </div>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            send(open);
          }}
        >
          <label className="lab" htmlFor={id}>
            {open ? t('Where was it reported?') : t('Why isn’t it reported?')}
          </label>
          <input
            id={id}
            className="inp"
            required
            minLength={3}
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <div className={css.files}>
            <button type="submit" className="btn sm pri" disabled={save.isPending}>
              {t('Save')}
            </button>
            <button type="button" className="btn sm quiet" onClick={() => setOpen(null)}>
              {t('Cancel')}
            </button>
          </div>
          {save.error && <Refusal cause={save.error} />}
        </form>
      )}
    </div>
  );
}
