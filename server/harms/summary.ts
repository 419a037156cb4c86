import { allParticipants } from '../participants/store.ts';
import { allocationsOfStudy, placementsOfStudy } from '../randomisation/store.ts';
import { recordsAsOf } from '../records/asOf.ts';
import { readRecords } from '../records/read.ts';
import { reach } from '../results/reach.ts';
import type { Caller, Services } from '../services.ts';
import type { HarmContent, HarmSummary } from './contract.ts';
import { harm } from './kind.ts';
import { isRelated } from './rules.ts';

/**
 * Harms of everyone randomised, for item 27 of CONSORT 2025 (Hopewell S et al. BMJ 2025;389:e081123): participants and
 * events by arm. For a blinded caller no arm is read at all.
 *
 * @param until as things stood at this instant (ISO 8601, UTC); null: as they stand
 */
export async function harmSummary(
  services: Services,
  caller: Caller,
  query: { site?: string },
  until: string | null = null,
): Promise<HarmSummary> {
  const db = services.db.read;
  const { study, blinded: pooled } = caller;
  const records = (await recordsAsOf(db, await readRecords(db, caller, harm, query), until)).filter(
    ({ stamp }) => !stamp.struck,
  );
  const here = new Map(
    (await allParticipants(db, study.id, reach(caller, query.site))).map((one) => [one.id, one.code]),
  );
  const placed = pooled ? await placementsOfStudy(db, study.id) : await allocationsOfStudy(db, study.id);
  const armOf = new Map(
    placed
      .filter((one) => here.has(one.participant_id) && (until === null || one.allocated_at <= until))
      .map((one) => [here.get(one.participant_id)!, 'arm' in one ? String(one.arm) : '']),
  );
  const arms = pooled
    ? [{ arm: null, label: 'All arms' }]
    : study.document.arms.map(({ id, short }) => ({ arm: id as string | null, label: short }));
  const harms = records.flatMap(({ stamp, content }) =>
    stamp.participant !== null && armOf.has(stamp.participant)
      ? [{ code: stamp.participant, arm: armOf.get(stamp.participant)!, content }]
      : [],
  );
  const within = <T extends { arm: string }>(arm: string | null, rows: readonly T[]): T[] =>
    rows.filter((row) => arm === null || row.arm === arm);
  const affected = (rows: readonly { code: string }[]): number => new Set(rows.map(({ code }) => code)).size;
  const isSerious = ({ content }: { content: HarmContent }): boolean => content.serious.length > 0;
  return {
    pooled,
    arms: arms.map(({ arm, label }) => {
      const own = within(arm, harms);
      return {
        arm,
        label,
        participants: [...armOf.values()].filter((one) => arm === null || one === arm).length,
        affected: affected(own),
        events: own.length,
        seriousAffected: affected(own.filter(isSerious)),
        seriousEvents: own.filter(isSerious).length,
        relatedAffected: affected(own.filter(({ content }) => isRelated(content))),
        deaths: affected(own.filter(({ content }) => content.outcome === 'fatal')),
      };
    }),
    terms: byTerm(harms)
      .map(([term, rows]) => ({
        term,
        affected: arms.map(({ arm }) => affected(within(arm, rows))),
        events: arms.map(({ arm }) => within(arm, rows).length),
        all: rows.length,
      }))
      .sort((a, b) => b.all - a.all || a.term.localeCompare(b.term))
      .map(({ all: _, ...row }) => row),
  };
}

/** Terms that differ in case or spaces only are one. */
function byTerm<T extends { content: HarmContent }>(harms: readonly T[]): [string, T[]][] {
  const groups = new Map<string, { term: string; rows: T[] }>();
  for (const one of harms) {
    const { term } = one.content;
    const key = term.toLowerCase().replaceAll(/\s+/g, ' ').trim();
    const group = groups.get(key) ?? { term, rows: [] };
    group.rows.push(one);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ term, rows }) => [term, rows]);
}
