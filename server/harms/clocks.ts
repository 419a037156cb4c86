import { allows } from '../access/table.ts';
import { isKeptFrom } from '../records/kind.ts';
import type { Caller, Services } from '../services.ts';
import type { HarmClock, HarmContent } from './contract.ts';
import { harm } from './kind.ts';
import { clockOf } from './rules.ts';
import { unreported } from './store.ts';

/** Serious adverse events at the caller's sites that wait for their report, the most urgent first. */
export async function runningClocks(
  services: Services,
  caller: Caller,
  within: (site: string) => boolean,
): Promise<{ id: string; participant: string; term: string; clock: HarmClock }[]> {
  if (!allows('harms.read', caller.roles) || isKeptFrom(caller, harm)) return [];
  const now = services.now().toISOString();
  const rows = (await unreported(services.db.read, caller.study.id)).filter(({ site }) => within(site));
  return rows
    .flatMap(({ id, code, content }) => {
      const harmContent = JSON.parse(content) as HarmContent;
      const clock = clockOf(harmContent, null, now);
      return clock ? [{ id, participant: code, term: harmContent.term, clock }] : [];
    })
    .sort((a, b) => a.clock.due.localeCompare(b.clock.due) || a.id.localeCompare(b.id));
}
