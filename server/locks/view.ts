import { reaches } from '../access/rules.ts';
import { userNames } from '../accounts/store.ts';
import type { Connection } from '../db/database.ts';
import { findParticipant } from '../participants/find.ts';
import type { Caller, Services } from '../services.ts';
import type { HoldView, Scope } from './contract.ts';
import { scopeInWords } from './rules.ts';
import { type HoldRecord, holdsOfStudy, holdsTouching } from './store.ts';

/** What a stored hold is of. */
export function scopeOf({ site, code, visit, instrument }: HoldRecord): Scope {
  if (code === null) return site === null ? { level: 'study' } : { level: 'site', site };
  if (visit === null) return { level: 'participant', participant: code };
  if (instrument === null) return { level: 'visit', participant: code, visit };
  return { level: 'form', participant: code, visit, instrument };
}

export async function viewHolds(
  db: Connection,
  { study }: Caller,
  holds: readonly HoldRecord[],
): Promise<HoldView[]> {
  const names = await userNames(
    db,
    holds.flatMap(({ lifted_by }) => lifted_by ?? []),
  );
  return holds.map((hold) => ({
    id: hold.id,
    kind: hold.kind,
    scope: scopeOf(hold),
    label: scopeInWords(study, scopeOf(hold)),
    reason: hold.reason,
    leftOpen: hold.left_open === null ? [] : (JSON.parse(hold.left_open) as HoldView['leftOpen']),
    at: hold.placed_at,
    by: hold.placed_name,
    lifted:
      hold.lifted_at === null
        ? null
        : {
            at: hold.lifted_at,
            by: names.get(hold.lifted_by ?? '') ?? hold.lifted_by ?? '',
            reason: hold.lifted_reason ?? '',
          },
  }));
}

/** All holds of the sites that the caller reaches; those of the whole study are everyone's. */
export async function listHolds(services: Services, caller: Caller) {
  const db = services.db.read;
  const holds = (await holdsOfStudy(db, caller.study.id)).filter((hold) => {
    const site = hold.participant_site ?? hold.site;
    return site === null || reaches(caller.sites, site);
  });
  return { holds: await viewHolds(db, caller, holds) };
}

export async function participantHolds(services: Services, caller: Caller, code: string) {
  const db = services.db.read;
  const participant = await findParticipant(db, caller, code);
  return { holds: await viewHolds(db, caller, await holdsTouching(db, caller.study.id, participant)) };
}
