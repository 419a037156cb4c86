import type { Item } from '../../server/instruments/document.ts';
import { inDigits } from '../forms/answer.ts';
import { t } from '../language/t.ts';

/** The options to tick; null for an item that is written. */
export function optionsOf(item: Item): readonly { value: number; label: string }[] | null {
  return item.kind === 'choice' || item.kind === 'choices' ? item.options : null;
}

/** How many lines a pen needs, and what it has to know: unit, range, form of a date. */
export function lineFor(item: Item): { lines: number; hint: string } {
  switch (item.kind) {
    case 'number':
    case 'slider': {
      const range = t('{inDigits} to {inDigits2}', {
        inDigits: inDigits(item.min),
        inDigits2: inDigits(item.max),
      });
      const ends = item.kind === 'slider' ? t(', {low} to {high}', { low: item.low, high: item.high }) : '';
      return { lines: 1, hint: `${item.unit ? `${item.unit}, ` : ''}${range}${ends}` };
    }
    case 'date':
      return {
        lines: 1,
        hint: item.partial
          ? t('day month year; as much as is known ({map})', {
              map: item.partial.map((part) => t('the {part} will do', { part })).join(', '),
            })
          : t('day month year'),
      };
    case 'time':
      return { lines: 1, hint: t('hour : minute, 24-hour clock') };
    case 'text':
      return { lines: Math.max(item.lines ?? 1, Math.min(4, Math.ceil(item.maxLength / 250))), hint: '' };
    case 'file':
      return { lines: 1, hint: t('a document goes with this form') };
    case 'calculated':
      return { lines: 1, hint: t('computed from other answers') };
    default:
      return { lines: 1, hint: '' };
  }
}
