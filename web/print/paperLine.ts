import type { Item } from '../../server/instruments/document.ts';
import { inDigits } from '../forms/answer.ts';

/** The options to tick; null for an item that is written. */
export function optionsOf(item: Item): readonly { value: number; label: string }[] | null {
  return item.kind === 'choice' || item.kind === 'choices' ? item.options : null;
}

/** How many lines a pen needs, and what it has to know: unit, range, form of a date. */
export function lineFor(item: Item): { lines: number; hint: string } {
  switch (item.kind) {
    case 'number':
    case 'slider': {
      const range = `${inDigits(item.min)} to ${inDigits(item.max)}`;
      const ends = item.kind === 'slider' ? `, ${item.low} to ${item.high}` : '';
      return { lines: 1, hint: `${item.unit ? `${item.unit}, ` : ''}${range}${ends}` };
    }
    case 'date':
      return {
        lines: 1,
        hint: item.partial
          ? `day month year; as much as is known (${item.partial.map((part) => `the ${part} will do`).join(', ')})`
          : 'day month year',
      };
    case 'time':
      return { lines: 1, hint: 'hour : minute, 24-hour clock' };
    case 'text':
      return { lines: Math.max(item.lines ?? 1, Math.min(4, Math.ceil(item.maxLength / 250))), hint: '' };
    case 'file':
      return { lines: 1, hint: 'a document goes with this form' };
    case 'calculated':
      return { lines: 1, hint: 'computed from other answers' };
    default:
      return { lines: 1, hint: '' };
  }
}
