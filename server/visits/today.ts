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
