import type { FormView } from '../../server/forms/contract.ts';
import type { Draft } from '../offline/kept.ts';
import type { Intent, Work } from './difference.ts';
import type { DraftPlace } from './draft.ts';
import type { History, Step } from './history.ts';

/** What one save sends. */
export interface SaveRequest extends Work {
  version: number;
  complete: boolean;
  reason?: string;
}

/** What sends a draft. */
export function requestOf({
  version,
  work,
  correction,
  intent,
}: Pick<Draft, 'version' | 'work' | 'correction' | 'intent'>): SaveRequest {
  return { ...work, version, complete: intent?.complete ?? correction, reason: intent?.reason };
}

/** Why a save did not succeed. */
export type SaveFailure =
  | { kind: 'unreachable' }
  | { kind: 'conflict'; current: FormView }
  | { kind: 'refused'; message: string; issues: string[] };

export type SaveState =
  | { kind: 'untouched' }
  | { kind: 'saved'; at: string }
  /** On this device; the server has not confirmed it yet. */
  | { kind: 'kept' }
  | { kind: 'saving' }
  | { kind: 'offline'; attempt: number; retryInSeconds: number }
  | { kind: 'conflict'; theirs: FormView; base: Work }
  | { kind: 'refused'; message: string; issues: string[] }
  /** A change to a complete form, which waits for its reason. */
  | { kind: 'correcting' };

export interface SaverView {
  state: SaveState;
  /** The last version that the server confirmed. */
  confirmed: FormView;
  work: Work;
  /** What was asked for and is not confirmed: "mark complete", or a change with its reason. */
  intent: Intent | null;
  /** What can be taken back, and what was. */
  history: History;
}

export interface SaverParts {
  form: FormView;
  order: readonly string[];
  place: DraftPlace;
  /** Items whose letters and digits come one by one, so that typing is one step of the history. */
  typed?: ReadonlySet<string>;
  send(request: SaveRequest): Promise<FormView>;
  explain(error: unknown): SaveFailure;
  /** Runs `act` after some milliseconds; gives back how to call it off. */
  later(act: () => void, ms: number): () => void;
}

export interface Saver {
  /** Begins to save by itself; gives back how to stop, which sends what still waits and tells when that is over. */
  run(): () => Promise<void>;
  subscribe(listener: () => void): () => void;
  view(): SaverView;
  change(work: Work): void;
  /** Sends what waits, at once; not again what was refused. */
  flush(): Promise<void>;
  /** Sends what waits, also what was refused: the person asked for it. */
  retry(): Promise<void>;
  complete(): Promise<boolean>;
  /** Saves the changes to a complete form with the reason for them. */
  correct(reason: string): Promise<boolean>;
  /** Drops changes to a complete form. */
  drop(): void;
  /** Takes the last change back, or brings it back, as a change of its own; gives the fields that it touched. */
  step(direction: 'undo' | 'redo'): string[];
  /** Adds changes that earlier pages saved, oldest first, below those of this one. */
  remember(steps: readonly Step[]): void;
  /** Ends a conflict with the work that the person chose, on top of their version. */
  settle(work: Work, reason?: string): Promise<boolean>;
  /** Takes over what the server did to the form without a new version of it, such as a recorded alert. */
  amend(change: (form: FormView) => FormView): void;
}

/**
 * Whether changes to a complete form wait for their reason. One that has its reason waits for the server alone; it asks
 * again only if it was refused.
 */
export const asksForReason = ({ state: { kind }, intent }: Pick<SaverView, 'state' | 'intent'>): boolean =>
  kind !== 'saved' && kind !== 'conflict' && (intent === null || kind === 'saving' || kind === 'refused');
