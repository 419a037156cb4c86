import type { EstimateRow } from '../../analysis/estimands/results.ts';
import { decimal, inPercent, inWords } from '../language/number.ts';
import { t } from '../language/t.ts';

const PERCENT: EstimateRow['measure'][] = ['proportion', 'risk', 'risk-difference'];
const SIGNED: EstimateRow['measure'][] = [
  'risk-difference',
  'mean-difference',
  'shift',
  'standardised-difference',
];

/** A number as its measure is read: percentages with one decimal, others with two, differences with their sign. */
export function numberText(value: number | null, measure: EstimateRow['measure']): string {
  if (value === null) return '–';
  const isPercent = PERCENT.includes(measure);
  const text = Math.abs(isPercent ? 100 * value : value).toFixed(isPercent ? 1 : 2);
  const isZero = Number(text) === 0;
  const shown = inWords(text);
  const sign = value < 0 && !isZero ? '−' : SIGNED.includes(measure) && !isZero ? '+' : '';
  return `${sign}${isPercent && measure !== 'risk-difference' ? inPercent(text) : shown}`;
}

export function intervalText({ lower, upper, measure }: EstimateRow): string {
  if (lower === null && upper === null) return '–';
  return t('{what} to {what2}', {
    what: lower === null ? t('open end') : numberText(lower, measure),
    what2: upper === null ? t('open end') : numberText(upper, measure),
  });
}

/** “0.034”, “<0.001”. */
export const pText = (p: number | null): string =>
  p === null ? '–' : p < 0.001 ? `<${decimal(0.001, 3)}` : decimal(p, 3);

export const measureWords: Record<EstimateRow['measure'], string> = {
  proportion: t('Proportion'),
  risk: t('Risk'),
  'risk-difference': t('Difference, points'),
  'risk-ratio': t('Risk ratio'),
  'odds-ratio': t('Odds ratio'),
  'number-needed': t('Number needed'),
  mean: t('Mean'),
  'mean-difference': t('Difference'),
  shift: t('Shift'),
  'standardised-difference': t('Standardised difference'),
  association: t('Test'),
};

/** What becomes of a conclusion as delta grows. */
export const conclusionWords: Record<NonNullable<EstimateRow['conclusion']>, string> = {
  stands: t('stands'),
  tips: t('tips here'),
  tipped: t('has tipped'),
};

/** “9f27…c41e”. */
export const shortHash = (hash: string): string => `${hash.slice(0, 4)}…${hash.slice(-4)}`;

/** A standard error on the scale of its estimate, without a sign. */
export const spreadText = ({ se, measure }: EstimateRow): string =>
  se === null ? '–' : PERCENT.includes(measure) ? decimal(100 * se, 1) : decimal(se, 2);

/** “24/45”, or the numbers of participants. */
export const sizeText = ({ numerator, denominator, n, nVersus }: EstimateRow): string =>
  numerator !== null ? `${numerator}/${denominator}` : [n, nVersus].filter((one) => one !== null).join(', ');
