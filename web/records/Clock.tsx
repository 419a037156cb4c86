import { IconAlertOctagon, IconCircleCheck, IconClock } from '@tabler/icons-react';
import type { HarmClock } from '../../server/harms/contract.ts';
import { t } from '../language/t.ts';
import { stamp } from '../time.ts';

const HOUR = 3_600_000;

/** "5 h 20 min" of a time in milliseconds. */
export function hoursWords(milliseconds: number): string {
  const minutes = Math.max(0, Math.floor(milliseconds / 60_000));
  const hours = Math.floor(minutes / 60);
  if (hours >= 48) return t('{floor} days', { floor: Math.floor(hours / 24) });
  return hours === 0
    ? t('{minutes} min', { minutes })
    : t('{hours} h {padStart} min', { hours, padStart: String(minutes % 60).padStart(2, '0') });
}

/** The 24 hours of a serious adverse event: what is left, how long it is overdue, or that it was reported. */
export function Clock({ clock, now, at }: { clock: HarmClock; now: string; at?: string }) {
  const left = Date.parse(clock.due) - Date.parse(now);
  if (clock.state === 'reported')
    return (
      <span className={clock.late ? 'st wrn' : 'st ok'}>
        <IconCircleCheck className="ic" aria-hidden />
        {t('Reported')} {at && stamp(at)}
        {clock.late && t(', late')}
      </span>
    );
  if (clock.state === 'overdue')
    return (
      <span className="st dng">
        <IconAlertOctagon className="ic" aria-hidden />
        {t('Overdue by {hoursWords}', { hoursWords: hoursWords(-left) })}
      </span>
    );
  return (
    <span className={left < 6 * HOUR ? 'st wrn' : 'st'}>
      <IconClock className="ic" aria-hidden />
      {t('{hoursWords} left to report', { hoursWords: hoursWords(left) })}
    </span>
  );
}
