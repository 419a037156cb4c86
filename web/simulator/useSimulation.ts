import { useEffect, useRef, useState } from 'react';
import { t } from '../language/t.ts';
import type { Outcome, SimulationRequest, Told } from './types.ts';

interface State {
  /** What runs now, and how far; null at rest. */
  progress: { label: string; share: number } | null;
  outcomes: Outcome[];
  /** Set while or after `outcomes` came in. */
  request: SimulationRequest | null;
  cancelled: boolean;
  failed: string | null;
}

const atRest: State = { progress: null, outcomes: [], request: null, cancelled: false, failed: null };

/** Runs simulations in a worker of the browser; outcomes come in design by design. */
export function useSimulation() {
  const [state, setState] = useState<State>(atRest);
  const worker = useRef<Worker | null>(null);
  const stop = () => {
    worker.current?.terminate();
    worker.current = null;
  };
  useEffect(() => () => worker.current?.terminate(), []);
  const end = (patch: Partial<State>) => {
    stop();
    setState((now) => ({ ...now, progress: null, ...patch }));
  };
  const hear = (told: Told) => {
    if (told.kind === 'progress')
      setState((now) => ({ ...now, progress: { label: told.label, share: told.done / told.total } }));
    else if (told.kind === 'outcome')
      setState((now) => ({ ...now, outcomes: [...now.outcomes, told.outcome] }));
    else end({ failed: told.kind === 'failed' ? told.message : null });
  };
  const run = (request: SimulationRequest) => {
    stop();
    const label = request.candidates[0]?.label ?? '';
    setState({ ...atRest, request, progress: { label, share: 0 } });
    const started = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
    worker.current = started;
    started.onmessage = ({ data }: MessageEvent<Told>) => worker.current === started && hear(data);
    started.onerror = () =>
      end({ failed: t('The simulation stopped unexpectedly. Try fewer participants or trials.') });
    started.postMessage(request);
  };
  return { ...state, run, cancel: () => end({ cancelled: true }) };
}
