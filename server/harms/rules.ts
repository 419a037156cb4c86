import { earliestOf, surelyBefore } from '../records/partialDay.rules.ts';
import type { HarmClock, HarmContent } from './contract.ts';

const HOURS_TO_REPORT = 24;

interface Problem {
  path: string;
  message: string;
}

/** The instant by which a serious adverse event is to be with the sponsor: 24 hours after the site became aware. */
export const dueAt = (awareAt: string): string =>
  new Date(Date.parse(awareAt) + HOURS_TO_REPORT * 3_600_000).toISOString();

/**
 * The clock of a serious adverse event; null for one that isn't serious.
 *
 * @param first the first report, if any: whether it was late was settled then, and stays
 * @param now ISO instant
 */
export function clockOf(
  { serious, awareAt }: Pick<HarmContent, 'serious' | 'awareAt'>,
  first: { late: boolean } | null,
  now: string,
): HarmClock | null {
  if (serious.length === 0 || awareAt === null) return null;
  const due = dueAt(awareAt);
  if (first) return { awareAt, due, state: 'reported', late: first.late };
  const late = Date.parse(now) > Date.parse(due);
  return { awareAt, due, state: late ? 'overdue' : 'running', late };
}

const related = new Set<HarmContent['relatedness']>(['possible', 'probable', 'definite']);
export const isRelated = ({ relatedness }: Pick<HarmContent, 'relatedness'>): boolean =>
  related.has(relatedness);

/** Serious, suspected to be related, and unexpected (ICH E2A, section II). */
export const isUnexpectedReaction = (harm: HarmContent): boolean =>
  harm.serious.length > 0 && isRelated(harm) && harm.expectedness === 'unexpected';

/**
 * What doesn't fit together in an adverse event.
 *
 * @param today YYYY-MM-DD
 * @param now ISO instant
 */
export function problemsOfHarm(harm: HarmContent, today: string, now: string): Problem[] {
  const problems: Problem[] = [];
  const wrong = (path: string, message: string) => problems.push({ path: `content.${path}`, message });
  const { onset, end, ongoing, serious, awareAt, severity, outcome } = harm;
  if (earliestOf(onset) > today) wrong('onset', 'The onset is in the future.');
  if (end !== null && earliestOf(end) > today) wrong('end', 'The end is in the future.');
  if (end !== null && surelyBefore(onset, end)) wrong('end', 'It ended before it began.');
  if (ongoing && end !== null) wrong('end', 'It is ongoing, so it has no end.');
  if (new Set(serious).size < serious.length) wrong('serious', 'A criterion stands there twice.');
  if (serious.length > 0 && awareAt === null)
    wrong('awareAt', 'Say when the site became aware: the 24 hours run from there.');
  if (serious.length === 0 && awareAt !== null)
    wrong('awareAt', 'Only a serious adverse event has a clock. Tick what makes it serious.');
  if (awareAt !== null && Date.parse(awareAt) > Date.parse(now))
    wrong('awareAt', 'Nobody becomes aware in the future.');
  const fatal = [serious.includes('death'), severity === 5, outcome === 'fatal'];
  if (fatal.includes(true) && fatal.includes(false))
    wrong(
      'outcome',
      'A death is serious by “results in death”, of grade 5, and has the outcome “fatal”: all three or none.',
    );
  if (outcome === 'recovered' && ongoing) wrong('outcome', 'Somebody who recovered has nothing ongoing.');
  return problems;
}
