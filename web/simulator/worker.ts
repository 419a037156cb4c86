import { RandomisationError } from '../../randomisation/errors.ts';
import { simulate } from '../../randomisation/simulation/simulate.ts';
import { warnings } from '../../randomisation/simulation/warnings.ts';
import type { SimulationRequest, Told } from './types.ts';

/*
 * Plays the designs through one after the other, away from the page's thread. Every design gets the same seed. The page
 * stops it by ending the worker.
 */
const tell = (told: Told): void => self.postMessage(told);

self.onmessage = ({ data }: MessageEvent<SimulationRequest>) => {
  const { candidates, options } = data;
  const total = candidates.length * options.trials;
  const step = Math.max(1, Math.round(total / 200));
  try {
    candidates.forEach((candidate, index) => {
      const before = index * options.trials;
      const result = simulate(candidate.design, options, (trials) => {
        const done = before + trials;
        if (done % step === 0) tell({ kind: 'progress', label: candidate.label, done, total });
      });
      tell({
        kind: 'outcome',
        outcome: { candidate, result, warnings: warnings(result, candidate.design) },
      });
    });
    tell({ kind: 'done' });
  } catch (error) {
    if (!(error instanceof RandomisationError)) throw error;
    tell({ kind: 'failed', message: error.message });
  }
};
