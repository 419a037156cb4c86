import type { Design } from '../../../randomisation/index.ts';
import type { LogEntry } from '../../../randomisation/log/entry.ts';
import type { Connection } from '../../db/database.ts';
import { conflict, notAllowed } from '../../errors.ts';
import { groupsOf, membershipsOf } from '../../groups/store.ts';
import { designsOf } from '../../randomisation/designs/store.ts';
import { type AllocationRecord, allocationsOfStudy, correctionsOfStudy } from '../../randomisation/store.ts';
import { datasetOf } from '../../results/dataset.ts';
import type { Caller, Services } from '../../services.ts';
import type { Replay } from './plan.ts';
import { type Allocated, tableOf } from './table.ts';

/** The data of a study as its plan takes them, and how it was allocated. */
export interface StudyMaterial {
  csv: string;
  replay: Replay;
  participants: number;
}

/**
 * Reads a study's data for an analysis by arm.
 *
 * @throws {Refused} for a blinded caller, for one whose role holds at some of the sites only, and before anybody is
 *   randomised
 */
export async function materialOf(services: Services, db: Connection, caller: Caller): Promise<StudyMaterial> {
  refuseBlinded(caller);
  const { study } = caller;
  const dataset = await datasetOf(services, db, study);
  if (dataset.participants.length === 0)
    throw conflict('Nobody is randomised yet, so that there is nothing to analyse. Nothing was run.');
  const [allocations, corrections, designs, groups, memberships] = [
    await allocationsOfStudy(db, study.id),
    await correctionsOfStudy(db, study.id),
    await designsOf(db, study.id),
    await groupsOf(db, study.id),
    await membershipsOf(db, study.id),
  ];
  const replay = replayOf(
    allocations,
    designs.map(({ epoch, design }) => ({ epoch, design: JSON.parse(design) as Design })),
    corrections.length,
  );
  const group = new Map(groups.map(({ id, site, name }) => [id, `${site}: ${name}`]));
  const logged = new Map(
    allocations.map((row): [string, Allocated] => {
      const entry = JSON.parse(row.entry) as LogEntry;
      return [entry.participant ?? row.participant_id, { order: row.number, factors: entry.details.factors }];
    }),
  );
  return {
    csv: tableOf(study.document, {
      dataset,
      allocated: logged,
      groups: new Map(
        memberships.toReversed().flatMap(({ code, group_id: id }) => {
          const name = id === null ? undefined : group.get(id);
          return name === undefined ? [] : [[code, name]];
        }),
      ),
      replay: 'designs' in replay ? replay : null,
    }),
    replay,
    participants: dataset.participants.length,
  };
}

/** Runs are of the whole study, by arm. */
export function refuseBlinded({ blinded, sites }: Caller): void {
  if (blinded) throw notAllowed('Analyses are by arm, and your role is blinded in this study.');
  if (sites !== null)
    throw notAllowed('Analyses are of the whole study, and your role holds at some of its sites only.');
}

/**
 * The procedures behind the allocations, one after the other, with those whom none of them placed; or why they can’t be
 * played again.
 */
function replayOf(
  allocations: readonly AllocationRecord[],
  designs: readonly { epoch: number; design: Design }[],
  corrections: number,
): Replay {
  const used = [...new Set(allocations.map(({ epoch }) => epoch))].map((epoch) => ({
    from: allocations.find((one) => one.epoch === epoch)!.number,
    design: designs.find((one) => one.epoch === epoch)!.design,
  }));
  const kinds = new Set(used.map(({ design }) => design.scheme.kind));
  if ([...kinds].every((kind) => kind === 'list'))
    return { reason: 'The study allocates from an uploaded list, which holds no chance to play again.' };
  const outside = allocations.filter(({ source }) => source !== 'service');
  if (outside.length === allocations.length)
    return {
      reason:
        'Every allocation came from outside the service (emergency envelopes or an import), so that none can be played again.',
    };
  if (corrections > 0 && kinds.has('minimisation'))
    return {
      reason: `${corrections} screening values were corrected after allocation, and the minimisation went on from the corrected ones, so that it can’t be played again as it was.`,
    };
  return { designs: used, fixed: new Set(outside.map(({ number }) => number)) };
}
