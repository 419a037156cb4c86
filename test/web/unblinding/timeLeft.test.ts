import { expect, test } from 'vitest';
import { timeLeft } from '../../../web/unblinding/timeLeft.ts';

test('the time that is left is whole minutes, then seconds, then over', () => {
  const until = '2026-11-23T10:10:00.000Z';
  const left = (clock: string) => timeLeft(until, Date.parse(`2026-11-23T${clock}Z`));
  expect(left('10:00:00.000')).toBe('10 minutes');
  expect(left('10:00:00.500')).toBe('10 minutes');
  expect(left('10:08:59.000')).toBe('1 minute');
  expect(left('10:09:20.000')).toBe('40 seconds');
  expect(left('10:09:59.000')).toBe('1 second');
  expect(left('10:10:00.000')).toBeNull();
});
