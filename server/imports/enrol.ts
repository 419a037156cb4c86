import { type Design, stratumKey } from '../../randomisation/index.ts';
import { outsideEntry } from '../../randomisation/log/entry.ts';
import { type Transaction, transactionLock } from '../db/database.ts';
import { type Tail, tailOf } from '../randomisation/chain.ts';
import { openDesign, seedOf } from '../randomisation/engine.ts';
import type { DesignRecord } from '../randomisation/store.ts';
import type { Caller, Services } from '../services.ts';
import { canonicalJson } from '../studies/canonical.ts';
import { stratumOf } from '../studies/rules.ts';
import { dayOf } from '../visits/today.ts';
import type { Intake } from './intake.ts';

/** Gives allocations from elsewhere their place in the study's log, after those that are in it. */
export class AllocationLog {
  readonly #services: Services;
  readonly #caller: Caller;
  readonly #record: DesignRecord;
  readonly #design: Design;
  readonly #seed: Uint8Array;
  #number: number;
  #previous: string;

  private constructor(
    services: Services,
    caller: Caller,
    record: DesignRecord,
    begin: { seed: Uint8Array; tail: Tail },
  ) {
    this.#services = services;
    this.#caller = caller;
    this.#record = record;
    this.#design = JSON.parse(record.design) as Design;
    this.#seed = begin.seed;
    this.#number = begin.tail.allocations;
    this.#previous = begin.tail.previous;
  }

  /** @throws Refused (conflict) where the study may not allocate now */
  static async open(services: Services, tx: Transaction, caller: Caller): Promise<AllocationLog> {
    const { study } = caller;
    await transactionLock(tx, `allocations ${study.id}`);
    const record = await openDesign(tx, study.id);
    const seed = seedOf(services.config, record);
    return new AllocationLog(services, caller, record, { seed, tail: await tailOf(tx, study.id, record) });
  }

  /** The next row of the log, for a participant whose arm was decided elsewhere. */
  next(intake: Intake & { arm: string; randomisedOn: string }, participant: string, at: string) {
    const { study, user } = this.#caller;
    const { factors } = stratumOf(study.document, intake.site, intake.screening);
    const allocatedAt = instantOn(this.#services, intake.randomisedOn);
    const entry = outsideEntry(
      {
        index: this.#number + 1,
        epoch: this.#record.epoch,
        design: this.#record.design_hash,
        previous: this.#previous,
        participant: intake.code,
        storedAt: at,
        happenedAt: allocatedAt,
      },
      this.#seed,
      { source: 'imported', factors, arm: intake.arm },
    );
    this.#number = entry.index;
    this.#previous = entry.hash;
    return {
      study_id: study.id,
      number: entry.index,
      participant_id: participant,
      epoch: this.#record.epoch,
      source: 'imported' as const,
      stratum: stratumKey(this.#design, factors),
      arm: intake.arm,
      entry: canonicalJson(entry),
      previous_hash: entry.previous,
      hash: entry.hash,
      study_version: study.version,
      allocated_at: allocatedAt,
      allocated_by: user.id,
    };
  }
}

/** An instant of that calendar day where the study runs: noon in UTC; where that is the next day already, midnight in UTC. */
function instantOn(services: Pick<Services, 'config'>, day: string): string {
  const noon = `${day}T12:00:00.000Z`;
  return dayOf(services, new Date(noon)) === day ? noon : `${day}T00:00:00.000Z`;
}
