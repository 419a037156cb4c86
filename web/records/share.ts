import { t } from '../language/t.ts';
/** "5 of 46 (11%)"; a dash of nobody. */
export const share = (n: number, of: number): string =>
  of === 0 ? '–' : t('{n} of {of} ({round}%)', { n, of, round: Math.round((100 * n) / of) });
