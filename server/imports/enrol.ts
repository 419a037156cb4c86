import { RandomisationError, record, type State, slotFor, stratumKey } from '../../randomisation/index.ts';
import { outsideEntry } from '../../randomisation/log/entry.ts';
import { type Transaction, transactionLock } from '../db/database.ts';
import { conflict } from '../errors.ts';
import type { DesignRecord } from '../randomisation/designs/store.ts';
import { openDesign, seedOf } from '../randomisation/engine.ts';
import { replayed } from '../randomisation/follow.ts';
import type { Caller, Services } from '../services.ts';
import { canonicalJson } from '../studies/canonical.ts';
import { stratumOf } from '../studies/rules.ts';
import { dayOf } from '../visits/today.ts';
import type { Intake } from './intake.ts';

interface End {
  seed: Uint8Array;
  state: State;
  number: number;
  previous: string;
}

/** Gives allocations from elsewhere their place in the study's log, after those that are in it. */
export class AllocationLog {
  readonly #services: Services;
  readonly #caller: Caller;
  readonly #record: DesignRecord;
  readonly #end: End;

  private constructor(services: Services, caller: Caller, record: DesignRecord, end: End) {
    this.#services = services;
    this.#caller = caller;
    this.#record = record;
    this.#end = end;
  }

  /** @throws Refused (conflict) where the study may not allocate now */
  static async open(services: Services, tx: Transaction, caller: Caller): Promise<AllocationLog> {
    const { study } = caller;
    await transactionLock(tx, `allocations ${study.id}`);
    const inForce = await openDesign(tx, study.id);
    const seed = seedOf(services.config, inForce);
    const log = await replayed(tx, inForce);
    const { allocations: number, previous } = log.tail(inForce);
    return new AllocationLog(services, caller, inForce, { seed, state: log.state, number, previous });
  }

  /**
   * The next row of the log, for a participant whose arm was decided elsewhere.
   * @throws Refused (conflict) where the design in force doesn't have the arm or one of the levels
   */
  next(intake: Intake & { arm: string; randomisedOn: string }, participant: string, at: string) {
    const { study, user } = this.#caller;
    const { arm } = intake;
    const { factors } = stratumOf(study.document, intake.site, intake.screening);
    const allocatedAt = instantOn(this.#services, intake.randomisedOn);
    const { seed, state } = this.#end;
    const slot = slotFor(state, arm);
    count(state, factors, arm, slot, intake.code);
    const entry = outsideEntry(
      {
        index: this.#end.number + 1,
        epoch: this.#record.epoch,
        design: this.#record.design_hash,
        previous: this.#end.previous,
        participant: intake.code,
        storedAt: at,
        happenedAt: allocatedAt,
      },
      seed,
      { source: 'imported', factors, arm, slot },
    );
    this.#end.number = entry.index;
    this.#end.previous = entry.hash;
    return {
      study_id: study.id,
      number: entry.index,
      participant_id: participant,
      epoch: this.#record.epoch,
      source: 'imported' as const,
      stratum: stratumKey(state.design, factors),
      arm,
      entry: canonicalJson(entry),
      previous_hash: entry.previous,
      hash: entry.hash,
      study_version: study.siteVersions.get(intake.site) ?? study.version,
      allocated_at: allocatedAt,
      allocated_by: user.id,
    };
  }
}

/** What the counts couldn't take up would stop every later allocation; it is refused instead. */
function count(
  state: State,
  factors: Record<string, string>,
  arm: string,
  slot: number | undefined,
  code: string,
): void {
  try {
    record(state, factors, arm, { slot, outside: true });
  } catch (error) {
    if (!(error instanceof RandomisationError)) throw error;
    throw conflict(
      `The allocation of ${code} has an arm, a site or a level that is closed or not in the design in force. Nothing was imported.`,
    );
  }
}

/** An instant of that calendar day where the study runs: noon in UTC; where that is the next day already, midnight in UTC. */
function instantOn(services: Pick<Services, 'config'>, day: string): string {
  const noon = `${day}T12:00:00.000Z`;
  return dayOf(services, new Date(noon)) === day ? noon : `${day}T00:00:00.000Z`;
}
