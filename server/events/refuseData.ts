import { conflict } from '../errors.ts';

interface Person {
  code: string;
  withdrew_data?: boolean | 0 | 1;
}

/** Why nothing new is recorded of a participant who withdrew consent for the use of data. */
export const withoutData = (code: string): string =>
  `${code} withdrew consent for further use of data, so nothing new is recorded. Nothing was saved; what was recorded before stays. If consent was given again, record first that the use of data goes on.`;

/**
 * Every write that would add data about a participant asks here: forms and their files, second entries, adverse events,
 * medication, sessions, events, imports. Asked with the participant that was just read, it costs no query. What was
 * recorded before can still be corrected or struck through, each with its reason; deviations, contacts and queries are
 * about the conduct of the study, and go on.
 *
 * @throws Refused (conflict)
 */
export function refuseWithoutData({ code, withdrew_data: withdrawn }: Person): void {
  if (withdrawn === true || withdrawn === 1) throw conflict(withoutData(code));
}
