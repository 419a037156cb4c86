import type { Services } from '../services.ts';

const formats = new Map<string, Intl.DateTimeFormat>();

/** The calendar day (YYYY-MM-DD) of an instant where the study runs. */
export function dayOf(services: Pick<Services, 'config'>, instant: Date): string {
  const zone = services.config.timeZone;
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
    formats.set(zone, format);
  }
  return format.format(instant);
}

/** Today where the study runs. */
export function today(services: Pick<Services, 'config' | 'now'>): string {
  return dayOf(services, services.now());
}

/** The first instant (ISO, UTC) of a calendar day where the study runs, to the minute; found by halving, so that no change of the clocks is missed. */
export function startOfDay(services: Pick<Services, 'config'>, day: string): string {
  const middle = Date.parse(`${day}T00:00:00.000Z`) / 60_000;
  let [before, from] = [middle - 16 * 60, middle + 16 * 60];
  while (from - before > 1) {
    const half = Math.floor((before + from) / 2);
    if (dayOf(services, new Date(half * 60_000)) < day) before = half;
    else from = half;
  }
  return new Date(from * 60_000).toISOString();
}

/** The first instant (ISO, UTC) of the week of an instant where the study runs; weeks begin on Monday. */
export function startOfWeek(services: Pick<Services, 'config'>, instant: Date): string {
  const day = dayOf(services, instant);
  const weekday = (new Date(`${day}T00:00:00.000Z`).getUTCDay() + 6) % 7;
  const monday = new Date(Date.parse(`${day}T00:00:00.000Z`) - weekday * 86_400_000);
  return startOfDay(services, monday.toISOString().slice(0, 10));
}
