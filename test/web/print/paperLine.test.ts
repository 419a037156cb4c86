import { describe, expect, it } from 'vitest';
import { item } from '../../../server/instruments/document.ts';
import { lineFor, optionsOf } from '../../../web/print/paperLine.ts';

const of = (given: Record<string, unknown>) => item.parse({ id: 'a', label: 'A', ...given });

describe('an item on paper', () => {
  it('tells a pen the unit, the range and the form of an answer', () => {
    expect(lineFor(of({ kind: 'number', min: -5, max: 40, unit: '°C' })).hint).toBe('°C, −5 to 40');
    expect(lineFor(of({ kind: 'slider', low: 'none', high: 'worst' })).hint).toBe('0 to 100, none to worst');
    expect(lineFor(of({ kind: 'date', partial: ['month', 'year'] })).hint).toBe(
      'day month year; as much as is known (the month will do, the year will do)',
    );
    expect(lineFor(of({ kind: 'time' })).hint).toContain('24-hour');
  });

  it('leaves room for what may be long', () => {
    expect(lineFor(of({ kind: 'text', maxLength: 60 })).lines).toBe(1);
    expect(lineFor(of({ kind: 'text', maxLength: 5000 })).lines).toBe(4);
    expect(lineFor(of({ kind: 'text', maxLength: 60, lines: 3 })).lines).toBe(3);
  });

  it('has boxes for options, and a line for everything else', () => {
    const options = [
      { value: 0, label: 'No' },
      { value: 1, label: 'Yes' },
    ];
    expect(optionsOf(of({ kind: 'choices', options }))).toEqual(options);
    expect(optionsOf(of({ kind: 'time' }))).toBeNull();
  });
});
