import type { FollowUp } from '../visits/rules.ts';

/** Which assessments go on after what happened: a withdrawal or a death ends them, from the first of these days. */
export function followUpOf(events: readonly { kind: string; on_day: string }[]): FollowUp {
  const ends = events
    .filter((event) => event.kind === 'withdrawal' || event.kind === 'death')
    .map((event) => event.on_day)
    .sort();
  return { assessments: ends.length === 0, from: ends[0] ?? null };
}
