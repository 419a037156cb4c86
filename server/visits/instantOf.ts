import type { Services } from '../services.ts';

/**
 * The instant of a local date and time where the study runs. A time that the clocks skip in spring is taken as if they
 * had not; of a time that comes twice in autumn it is the first.
 * @param local YYYY-MM-DDTHH:MM
 */
export function instantOf(services: Pick<Services, 'config'>, local: string): Date {
  const wanted = Date.parse(`${local}:00.000Z`);
  const before = wanted - offsetAt(services.config.timeZone, wanted - 86_400_000);
  const after = wanted - offsetAt(services.config.timeZone, wanted + 86_400_000);
  const fits = [before, after].find((at) => at + offsetAt(services.config.timeZone, at) === wanted);
  return new Date(fits ?? before);
}

/** Milliseconds by which the clocks of a zone are ahead of UTC at an instant. */
function offsetAt(zone: string, at: number): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  }).formatToParts(at);
  const of = (type: string) => Number(parts.find((part) => part.type === type)!.value);
  const shown = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'));
  return shown - Math.floor(at / 60_000) * 60_000;
}
