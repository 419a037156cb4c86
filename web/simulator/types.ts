import type { Design } from '../../randomisation/design.ts';
import type { SimulationOptions, SimulationResult } from '../../randomisation/simulation/simulate.ts';

/** A design with the words it goes by; the study's own comes first. */
export interface Candidate {
  id: string;
  label: string;
  own: boolean;
  design: Design;
}

/** What came out for one design. */
export interface Outcome {
  candidate: Candidate;
  result: SimulationResult;
  warnings: string[];
}

export interface SimulationRequest {
  candidates: Candidate[];
  options: SimulationOptions;
}

/** What the worker tells the page. */
export type Told =
  | { kind: 'progress'; label: string; done: number; total: number }
  | { kind: 'outcome'; outcome: Outcome }
  | { kind: 'failed'; message: string }
  | { kind: 'done' };
