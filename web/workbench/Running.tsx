import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { listRuns, type RunView } from '../../server/analyses/runs/contract.ts';
import { keyOf } from '../api.ts';
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
      <section className={`card ${css.running}`} aria-label="Progress">
        <h2>{`Run ${run.number} is under way`}</h2>
        <p>{`${percent}% done. You can leave this page; the run goes on and stands in the history.`}</p>
        <progress value={run.progress ?? 0} max={1} aria-label={`Run ${run.number}`} />
        <button type="button" className="btn" disabled={cancelling} onClick={onCancel}>
          Cancel the run
        </button>
      </section>
    );
  }
  const words = {
    failed: `Nothing was computed: ${run.failure ?? 'the reason is not known'}`,
    cancelled: 'It was cancelled before there were results. It stays in the history.',
    interrupted: 'The server stopped before it was done. Run it again; nothing else is lost.',
  }[run.status];
  return (
    <section className={`card ${css.running}`} role="alert">
      <h2>{`Run ${run.number} has no results`}</h2>
      <p>{words}</p>
    </section>
  );
}
