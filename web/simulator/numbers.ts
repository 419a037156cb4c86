import type { Summary } from '../../randomisation/simulation/tally.ts';
import { inPercent } from '../language/number.ts';
import { t } from '../language/t.ts';
import type { Outcome } from './types.ts';

export const percent = (share: number, digits = 0): string => inPercent((100 * share).toFixed(digits));
/** "3.0 ± 0.04": mean and its standard error, in participants. */
export const inParticipants = ({ mean, standardError }: Summary): string =>
  `${mean.toFixed(1)} ± ${standardError.toFixed(2)}`;
/** "46.3% ± 0.10": mean and its standard error, in percentage points. */
export const asShare = ({ mean, standardError }: Summary): string =>
  `${percent(mean, 1)} ± ${(100 * standardError).toFixed(2)}`;

/** The share of right guesses of someone who knows nothing: always the arm with the largest ratio. */
export function blindGuess(arms: readonly { ratio: number }[]): number {
  const sum = arms.reduce((total, { ratio }) => total + ratio, 0);
  return Math.max(...arms.map(({ ratio }) => ratio)) / sum;
}

/** Round values from 0 to at most `most`, five or fewer, in steps of 1, 2 or 5 times a power of ten. */
export function ticksTo(most: number): number[] {
  if (!(most > 0)) return [0];
  const power = 10 ** Math.floor(Math.log10(most / 4));
  const step = [1, 2, 5, 10].map((times) => times * power).find((one) => most / one <= 4) ?? 10 * power;
  // Multiplied, not added up, so that 0.6000000000000001 is 0.6.
  return Array.from({ length: Math.floor(most / step + 1e-9) + 1 }, (_, i) =>
    Number((i * step).toPrecision(6)),
  );
}

const columns: { title: string; of: (outcome: Outcome) => Summary | null }[] = [
  { title: t('overall range'), of: ({ result }) => result.overallRange },
  { title: t('worst site range'), of: ({ result }) => result.worstSiteRange },
  { title: t('worst factor range'), of: ({ result }) => result.worstFactorRange },
  { title: t('guessed by own site'), of: ({ result }) => result.guessOwnSite },
  { title: t('guessed by full state'), of: ({ result }) => result.guessFullState },
  { title: 'forced', of: ({ result }) => result.forced },
];

/** Every number of a run, unrounded, as CSV (RFC 4180) with a header. */
export function csvOf(outcomes: readonly Outcome[]): string {
  const header = [
    'design',
    'participants',
    'sites',
    'trials',
    ...columns.flatMap(({ title }) => [
      t('{title}, mean', { title }),
      t('{title}, standard error', { title }),
      `${title}, 95%`,
    ]),
  ];
  const rows = outcomes.map((outcome) => [
    outcome.candidate.label,
    outcome.result.n,
    outcome.result.sites,
    outcome.result.trials,
    ...columns.flatMap(({ of }): (string | number)[] => {
      const summary = of(outcome);
      return summary ? [summary.mean, summary.standardError, summary.percentile95] : ['', '', ''];
    }),
  ]);
  return [header, ...rows].map((row) => `${row.map(quoted).join(',')}\r\n`).join('');
}

const quoted = (cell: string | number): string =>
  /[",\r\n]/.test(String(cell)) ? `"${String(cell).replaceAll('"', '""')}"` : String(cell);
