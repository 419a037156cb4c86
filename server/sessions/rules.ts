import type { StudyDocument } from '../studies/document.ts';
import type { FidelityContent, SessionContent } from './contract.ts';

interface Problem {
  path: string;
  message: string;
}

/** Arms whose treatment is given in sessions. */
export const armsWithSessions = ({ arms }: StudyDocument) =>
  arms.filter(({ sessions }) => sessions !== undefined);

/**
 * What doesn't fit together in a session.
 *
 * @param today YYYY-MM-DD
 * @param randomisedOn YYYY-MM-DD
 */
export function problemsOfSession(session: SessionContent, today: string, randomisedOn: string): Problem[] {
  const problems: Problem[] = [];
  const { on, attendance, missedReason, minutes } = session;
  if (on > today) problems.push({ path: 'on', message: 'The day of the session is in the future.' });
  if (on < randomisedOn)
    problems.push({ path: 'on', message: `The session is before randomisation, ${randomisedOn}.` });
  if (attendance === 'missed' && missedReason.length < 3)
    problems.push({ path: 'missedReason', message: 'Say why the session was missed.' });
  if (attendance === 'missed' && minutes !== null)
    problems.push({ path: 'minutes', message: 'A session that was missed has no length.' });
  if (attendance === 'attended' && missedReason !== '')
    problems.push({ path: 'missedReason', message: 'A session that was attended has no such reason.' });
  return problems;
}

/**
 * What is wrong with a rating of fidelity: each scale of the protocol is rated, within its range, by another person
 * than the therapist.
 */
export function problemsOfFidelity(
  document: StudyDocument,
  { rater, on, ratings }: FidelityContent,
  session: { on: string; therapists: readonly string[] },
  today: string,
): Problem[] {
  const problems: Problem[] = [];
  const scales = document.fidelity ?? [];
  const same = (a: string, b: string): boolean =>
    a.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ') ===
    b.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ');
  if (session.therapists.some((therapist) => same(therapist, rater)))
    problems.push({ path: 'rater', message: 'Nobody rates a session of their own.' });
  if (on > today) problems.push({ path: 'on', message: 'The day of the rating is in the future.' });
  if (on < session.on) problems.push({ path: 'on', message: 'The rating is before the session.' });
  for (const { id, label, min, max } of scales) {
    const rating = Object.hasOwn(ratings, id) ? ratings[id] : undefined;
    if (rating === undefined) problems.push({ path: `ratings.${id}`, message: `${label} has no rating.` });
    else if (rating < min || rating > max)
      problems.push({ path: `ratings.${id}`, message: `${label} goes from ${min} to ${max}.` });
  }
  for (const id of Object.keys(ratings))
    if (!scales.some((scale) => scale.id === id))
      problems.push({ path: `ratings.${id}`, message: `The protocol has no scale “${id}”.` });
  return problems;
}
