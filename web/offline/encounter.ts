import type { FormView } from '../../server/forms/contract.ts';
import { sameAsSent, workOf } from '../forms/difference.ts';
import type { Draft } from './kept.ts';

/**
 * What becomes of a draft when the server has another version than the one it began on. `confirmed`: the server holds
 * just this work. A draft: the server holds what was sent before without an answer, so the rest goes on from there.
 * `conflict`: somebody else saved, and the person has to choose.
 */
export function encounter(draft: Draft, current: FormView): 'confirmed' | 'conflict' | Draft {
  if (sameAsSent(current, draft)) return 'confirmed';
  const ours =
    sameAsSent(current, { ...draft, intent: null }) ||
    draft.unanswered.some((work) => sameAsSent(current, { work, intent: null }));
  if (!ours) return 'conflict';
  return {
    ...draft,
    version: current.version,
    base: workOf(current),
    correction: current.status === 'complete',
    unanswered: [],
    trouble: null,
  };
}
