/**
 * Failed attempts as a bucket that leaks: each pours one in, and it empties steadily. A full bucket lets one attempt
 * through at a time, after a delay that doubles with every further failure. Nothing is ever locked for good.
 */
export interface Allowance {
  /** Failures that fit before a delay begins. */
  most: number;
  /** Milliseconds in which one failure is forgotten. */
  forgets: number;
}

/** Wrong passwords and codes of one account. */
export const FOR_ACCOUNT: Allowance = { most: 10, forgets: 6 * 60_000 };
/** From one network address, behind which a whole hospital can be. */
export const FOR_ADDRESS: Allowance = { most: 100, forgets: 36_000 };

const FIRST_DELAY_MS = 60_000;
const LONGEST_DELAY_MS = 15 * 60_000;
/** A count that was last added to so long ago is empty and can be thrown away. */
export const FORGOTTEN_MS = 2 * 60 * 60_000;

export interface Count {
  level: number;
  at: string;
  blockedUntil: string | null;
}

function levelAt(count: Count | null, now: Date, { forgets }: Allowance): number {
  if (!count) return 0;
  // A clock that was set back forgets nothing.
  const passed = Math.max(0, now.getTime() - Date.parse(count.at));
  return Math.max(0, count.level - passed / forgets);
}

/** Milliseconds until the next attempt may be made; 0: now. */
export function waitFor(count: Count | null, now: Date): number {
  if (!count?.blockedUntil) return 0;
  // Never longer than a delay can be, whatever the clock did since.
  return Math.min(LONGEST_DELAY_MS, Math.max(0, Date.parse(count.blockedUntil) - now.getTime()));
}

/** The count with one more attempt in it. */
export function withOneMore(count: Count | null, now: Date, allowance: Allowance): Count {
  const level = levelAt(count, now, allowance) + 1;
  const over = Math.floor(level) - allowance.most;
  const delay = over < 0 ? 0 : Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** over);
  return {
    level,
    at: now.toISOString(),
    blockedUntil: delay === 0 ? null : new Date(now.getTime() + delay).toISOString(),
  };
}

/** The count without an attempt that turned out right. */
export function withOneLess(count: Count, now: Date, allowance: Allowance): Count {
  const level = Math.max(0, levelAt(count, now, allowance) - 1);
  const full = Math.floor(level) >= allowance.most;
  return { level, at: now.toISOString(), blockedUntil: full ? count.blockedUntil : null };
}
