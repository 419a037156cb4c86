export interface Verification {
  /** What could be checked: see the head of `verifier.mjs`. */
  level: 'chain' | 'scores' | 'draws';
  /** What doesn't fit, in the order of the log; `index` is null for what concerns no one entry. */
  problems: { index: number | null; text: string }[];
  /** A report for people. */
  text: string;
}

/**
 * Checks a parsed export of the allocation log.
 * @throws TypeError when it isn't one
 */
export function verify(log: unknown, expected?: { last?: string; commitment?: string }): Verification;
