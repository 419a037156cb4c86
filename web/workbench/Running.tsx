import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { listRuns, type RunView } from '../../server/analyses/runs/contract.ts';
import { keyOf } from '../api.ts';
import { t } from '../language/t.ts';
import css from './workbench.module.css';

interface Props {
  run: RunView;
  onCancel: () => void;
  cancelling: boolean;
}

/** A run that is under way, or that ended without results. */
export function Running({ run, onCancel, cancelling }: Props) {
  const client = useQueryClient();
  const before = useRef(run.status);
  useEffect(() => {
    if (before.current === 'running' && run.status !== 'running')
      void client.invalidateQueries({ queryKey: keyOf(listRuns) });
    before.current = run.status;
  }, [run.status, client]);
  if (run.status === 'done') return null;
  if (run.status === 'running') {
    const percent = Math.round(100 * (run.progress ?? 0));
    return (
      <section className={`card ${css.running}`} aria-label={t('Progress')}>
        <h2>{t('Run {number} is under way', { number: run.number })}</h2>
        <p>
          {t('{percent}% done. You can leave this page; the run goes on and stands in the history.', {
            percent,
          })}
        </p>
        <progress value={run.progress ?? 0} max={1} aria-label={t('Run {number}', { number: run.number })} />
        <button type="button" className="btn" disabled={cancelling} onClick={onCancel}>
          {t('Cancel the run')}
        </button>
      </section>
    );
  }
  const words = {
    failed: t('Nothing was computed: {failure}', { failure: run.failure ?? t('the reason is not known') }),
    cancelled: t('It was cancelled before there were results. It stays in the history.'),
    interrupted: t('The server stopped before it was done. Run it again; nothing else is lost.'),
  }[run.status];
  return (
    <section className={`card ${css.running}`} role="alert">
      <h2>{t('Run {number} has no results', { number: run.number })}</h2>
      <p>{words}</p>
    </section>
  );
}
