import { IconAlertOctagon, IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import type { FormView } from '../../server/forms/contract.ts';
import { readWorklist, resolveAlert } from '../../server/visits/contract.ts';
import { useCall } from '../api.ts';
import { said } from '../language/served.ts';
import { t } from '../language/t.ts';
import { Refusal } from '../parts/Refusal.tsx';
import { clock } from '../time.ts';
import css from './forms.module.css';

export type OpenAlert = FormView['alerts'][number];

interface Props {
  study: string;
  /** "item 3 is 2 or more" */
  rule: string;
  steps: readonly string[];
  /** Absent until the server has opened it. */
  alert: OpenAlert | undefined;
  mayResolve: boolean;
  onResolved(): void;
}

/** The protocol's safety steps, in place, right after the answer that calls for them. Entry can go on. */
export function SafetyAlert({ study, rule, steps, alert, mayResolve, onResolved }: Props) {
  const [done, setDone] = useState<ReadonlySet<string>>(new Set());
  const [recording, setRecording] = useState(false);
  if (alert?.resolvedAt) {
    return (
      <section className={css.alert} data-done="" aria-label={t('Safety alert, recorded')}>
        <div className={css.alertHead}>
          <IconCheck className="ic" aria-hidden />
          <strong>{t('Safety alert recorded: {rule}', { rule })}</strong>
          <span>
            {t('Opened {openedAt}, recorded {resolvedAt}', {
              openedAt: clock(alert.openedAt),
              resolvedAt: clock(alert.resolvedAt),
            })}
          </span>
        </div>
      </section>
    );
  }
  const toggle = (step: string) =>
    setDone((before) => {
      const after = new Set(before);
      if (!after.delete(step)) after.add(step);
      return after;
    });
  return (
    <section className={css.alert} role="alert">
      <div className={css.alertHead}>
        <IconAlertOctagon className="ic" aria-hidden />
        <strong>{t('Safety alert: {rule}', { rule })}</strong>
        {alert && <span>{t('Opened {openedAt}', { openedAt: clock(alert.openedAt) })}</span>}
      </div>
      <ol className={css.steps}>
        {steps.map((step) => (
          <li key={step}>
            <label className="check">
              <input type="checkbox" checked={done.has(step)} onChange={() => toggle(step)} />
              <span>{said(step)}</span>
            </label>
          </li>
        ))}
      </ol>
      {recording && alert ? (
        <Record
          study={study}
          alert={alert.id}
          done={steps.filter((step) => done.has(step))}
          onCancel={() => setRecording(false)}
          onResolved={onResolved}
        />
      ) : (
        <div className={css.alertFoot}>
          {mayResolve && (
            <button type="button" className="btn dng sm" disabled={!alert} onClick={() => setRecording(true)}>
              {t('Record what was done')}
            </button>
          )}
          <span>{t('You can go on; the alert stays on the worklist until it is recorded.')}</span>
        </div>
      )}
    </section>
  );
}

interface RecordProps {
  study: string;
  alert: string;
  done: string[];
  onCancel(): void;
  onResolved(): void;
}

function Record({ study, alert, done, onCancel, onResolved }: RecordProps) {
  const [note, setNote] = useState('');
  const resolve = useCall(resolveAlert, { invalidates: [readWorklist] });
  const send = () =>
    resolve.mutate({ params: { study, alert }, body: { done, note } }, { onSuccess: onResolved });
  return (
    <div className={css.record}>
      <label className="lab" htmlFor={`note-${alert}`}>
        {t('What was done, by whom and when')}
      </label>
      <textarea
        id={`note-${alert}`}
        className="inp"
        rows={3}
        maxLength={1000}
        value={note}
        // biome-ignore lint/a11y/noAutofocus: the person has just asked for this field
        autoFocus
        onChange={(event) => setNote(event.target.value)}
      />
      <Refusal cause={resolve.error} />
      <div className="row wrap">
        <button
          type="button"
          className="btn dng sm"
          disabled={note.trim().length < 3 || resolve.isPending}
          onClick={send}
        >
          {t('Save the record')}
        </button>
        <button type="button" className="btn quiet sm" onClick={onCancel}>
          {t('Not now')}
        </button>
      </div>
    </div>
  );
}
