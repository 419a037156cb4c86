import { decide } from '../allocate.ts';
import { generatorFor } from '../commitment.ts';
import { type Factors, stratumKey } from '../design.ts';
import { emergencyList } from '../emergency.ts';
import { nextEpoch } from '../epoch.ts';
import { RandomisationError } from '../errors.ts';
import { begin, correct, record, type State } from '../state.ts';
import type { Source } from './entry.ts';
import { type ExportedEntry, type ExportedLog, seedOf } from './export.ts';

export interface Replayed {
  index: number;
  source: Source;
  stratum: string;
  logged: string;
  /** What the secret gives; undefined for an import, which it says nothing about. */
  drawn: string | undefined;
}

/**
 * Draws every allocation of a log again from the revealed secrets, each from the state that the logged allocations
 * before it lead to.
 * @throws RandomisationError when the log doesn't hold what is needed, or can't have come from its designs
 */
export function replayLog(log: ExportedLog): Replayed[] {
  if (
    log?.format !== 'equipoise-allocation-log-1' ||
    !Array.isArray(log.epochs) ||
    !Array.isArray(log.entries)
  ) {
    throw new RandomisationError('history', 'This is not an exported allocation log.');
  }
  const replayed: Replayed[] = [];
  const known = new Map<number, { factors: Factors; arm: string; slot?: number; counted: boolean }>();
  let state: State | undefined;
  for (const { epoch, design, ...rest } of log.epochs) {
    const seed = seedOf({ epoch, design, ...rest });
    if (!seed) {
      throw new RandomisationError(
        'history',
        'A replay needs the secrets, and they are not revealed in this file.',
      );
    }
    const next = state ? nextEpoch(design, state) : { state: begin(design), carried: true };
    if (!next.carried) for (const one of known.values()) one.counted = false;
    const current: State = next.state;
    state = current;
    for (const entry of log.entries.filter((candidate) => candidate.epoch === epoch)) {
      const { index, source } = entry;
      const details = detailsOf(entry);
      if (entry.kind === 'correction') {
        const target = known.get(details.corrects ?? 0);
        if (!target)
          throw new RandomisationError('history', `Correction ${index} corrects no known allocation.`);
        if (target.counted) correct(current, target.factors, details.factors, target.arm, target.slot);
        target.factors = details.factors;
        continue;
      }
      const arm = entry.arm!;
      replayed.push({
        index,
        source,
        stratum: stratumKey(design, details.factors),
        logged: arm,
        drawn:
          source === 'service'
            ? decide(design, current, details.factors, generatorFor(seed, design.study, epoch, index)).arm
            : source === 'envelope'
              ? emergencyList(design, seed, epoch, details.envelope ?? 0).at(-1)!.arm
              : undefined,
      });
      record(current, details.factors, arm, {
        block: details.block,
        slot: details.slot,
        outside: source !== 'service',
      });
      known.set(index, { factors: details.factors, arm, slot: details.slot, counted: true });
    }
  }
  return replayed;
}

function detailsOf({ details, arm, kind, index }: ExportedEntry) {
  if (!details || (kind === 'allocation' && arm === undefined)) {
    throw new RandomisationError(
      'history',
      `The ${kind} ${index} holds no arm or details; export the log opened.`,
    );
  }
  return details;
}
