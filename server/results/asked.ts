import type { Caller, Services } from '../services.ts';
import { movesInSteps, showingFor, smallestShown } from '../studies/rules.ts';
import { startOfWeek } from '../visits/today.ts';
import { lettersOf } from './letters.ts';
import type { Asked, Question } from './worker.ts';

/**
 * What a caller asks, as a thread is told it: how much of the arms may be shown, and up to when. For whom figures move
 * in steps, every instant stands for the start of its week.
 */
export async function asked(
  services: Pick<Services, 'db' | 'config' | 'now'>,
  { study, roles, sites }: Pick<Caller, 'study' | 'roles' | 'sites'>,
  question: Question,
  desk: string,
  asOf?: string,
): Promise<Asked> {
  const { document } = study;
  const now = services.now().toISOString();
  const showing = showingFor(document, roles);
  // In full, because it is compared as text.
  const then = asOf === undefined ? now : new Date(asOf).toISOString();
  const until = then < now ? then : null;
  return {
    desk,
    databaseUrl: services.config.databaseUrl,
    timeZone: services.config.timeZone,
    now,
    study: study.id,
    showing,
    letters: showing === 'masked' ? await lettersFor(services, study) : null,
    smallest: smallestShown(document, roles),
    sites: sites && [...sites].sort(),
    until: movesInSteps(document, roles) ? startOfWeek(services, new Date(until ?? now)) : until,
    question,
  };
}

async function lettersFor(
  services: Pick<Services, 'db' | 'config' | 'now'>,
  study: Caller['study'],
): Promise<[string, string][]> {
  const letters = await lettersOf(services, study);
  return study.document.arms.map(({ id }) => [id, letters.get(id)!]);
}
