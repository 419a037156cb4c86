import type { Intent, Work } from '../forms/difference.ts';

/** One form of one visit of one participant, as it is entered first or again by a second person. */
export interface FormPlace {
  study: string;
  participant: string;
  visit: string;
  instrument: string;
  entry: 'first' | 'second';
}

/** Why the server did not take a save that reached it. */
export type Trouble =
  /** Someone else saved in between; the form's page asks field by field. */
  { kind: 'conflict' } | { kind: 'refused'; message: string; issues: string[] };

/** Unconfirmed work on a form: what was typed, on which version, and what is meant to happen to it. */
export interface Draft {
  /** The version of the form that the work began on, and what it held. */
  version: number;
  base: Work;
  work: Work;
  /** The form was complete on that version: the work needs a reason before it can be sent. */
  correction: boolean;
  /** The act that the person asked for and the server has not confirmed. */
  intent: Intent | null;
  /** What was sent and not answered, oldest first; the server may have any of it. */
  unanswered: readonly Work[];
  trouble: Trouble | null;
}

/** A draft as it lies on this device. */
export interface KeptWork extends FormPlace, Draft {
  user: string;
  /** When the first of it was kept: the order of sending. */
  since: string;
  /** Names this state of the record, so that an answer to an older one does not remove it. */
  stamp: string;
}

/** How many unanswered saves are remembered: the server can have taken one of them only. */
const remembered = 20;

/** The draft with what is about to be sent noted, so that its own save is known again if the answer is lost. */
export const noteSent = <D extends Draft>(draft: D): D => ({
  ...draft,
  unanswered: [...draft.unanswered, draft.work].slice(-remembered),
});

export const samePlace = (one: FormPlace, other: FormPlace): boolean =>
  one.study === other.study &&
  one.participant === other.participant &&
  one.visit === other.visit &&
  one.instrument === other.instrument &&
  one.entry === other.entry;

export const placeName = ({ study, participant, visit, instrument, entry }: FormPlace): string =>
  [study, participant, visit, instrument, entry].join('/');

/** What kept work waits for: the server, the person's choice between two versions, a reason, or another look. */
export function waitsFor(kept: Draft): 'server' | 'choice' | 'reason' | 'look' {
  if (kept.trouble) return kept.trouble.kind === 'conflict' ? 'choice' : 'look';
  return kept.correction && !kept.intent?.reason ? 'reason' : 'server';
}
