import type { Caller, Services } from '../services.ts';
import type { Asked, Question } from './worker.ts';

/** What a caller asks, as a thread is told it: a blinded caller’s arms are pooled. */
export function asked(
  services: Services,
  { study, blinded, sites }: Caller,
  question: Question,
  desk: string,
  until?: string,
): Asked {
  return {
    desk,
    databaseUrl: services.config.databaseUrl,
    timeZone: services.config.timeZone,
    now: services.now().toISOString(),
    study: study.id,
    showing: blinded ? 'pooled' : 'open',
    sites: sites && [...sites].sort(),
    until: until ?? null,
    question,
  };
}
