import {
  begin,
  correct,
  type Design,
  type Factors,
  nextEpoch,
  record,
  type State,
} from '../../randomisation/index.ts';
import type { LogDetails, LogEntry } from '../../randomisation/log/entry.ts';
import { previousFor, type Tail } from './chain.ts';
import type { DesignInForce, DesignRecord } from './designs/store.ts';
import type { Entry } from './inOrder.ts';
import type { AllocationRecord, CorrectionRecord } from './store.ts';

/** The last entry of a kind that a state includes. */
interface Mark {
  number: number;
  hash: string;
}

/** A correction as the state sees it: whose it is, and the factors before and after. */
export interface Correction {
  /** The allocation that is corrected. */
  target: Pick<AllocationRecord, 'arm' | 'epoch' | 'entry'>;
  before: Factors;
  factors: Factors;
}

/** The state that a study's log leads to, entry by entry and epoch by epoch. */
export class LogState {
  #state: State;
  #epoch: number;
  #designHash: string;
  /** Participants of this epoch and later ones are counted in the state; those of earlier epochs aren't. */
  #countedFrom: number;
  #allocation: Mark = { number: 0, hash: '' };
  #correction: Mark = { number: 0, hash: '' };
  #last: { epoch: number; hash: string } | undefined;

  constructor(first: DesignRecord) {
    this.#state = begin(JSON.parse(first.design) as Design);
    this.#epoch = first.epoch;
    this.#designHash = first.design_hash;
    this.#countedFrom = first.epoch;
  }

  get state(): State {
    return this.#state;
  }
  get epoch(): number {
    return this.#epoch;
  }
  /** Of the epoch that it is in. */
  get designHash(): string {
    return this.#designHash;
  }
  /** Numbers of the last allocation and of the last correction that are in it; 0 for none. */
  get allocations(): number {
    return this.#allocation.number;
  }
  get corrections(): number {
    return this.#correction.number;
  }

  /** Whether the log ends with the last entries that are in this state. */
  isAtEnd(end: DesignInForce): boolean {
    return (
      this.allocations === (end.last_allocation ?? 0) &&
      this.#allocation.hash === (end.last_allocation_hash ?? '') &&
      this.corrections === (end.last_correction ?? 0) &&
      this.#correction.hash === (end.last_correction_hash ?? '')
    );
  }

  /**
   * Whether rows that begin with the last ones in this state belong to the log that it followed: not to a database
   * that was put back to an earlier day, nor to a transaction that was rolled back.
   */
  continuesWith(allocations: readonly Mark[], corrections: readonly Mark[]): boolean {
    const fits = (mark: Mark, row: Mark | undefined): boolean => mark.number === 0 || row?.hash === mark.hash;
    return fits(this.#allocation, allocations[0]) && fits(this.#correction, corrections[0]);
  }

  take({ kind, row }: Entry): void {
    const { details } = JSON.parse(row.entry) as LogEntry;
    if (kind === 'allocation') {
      this.#record(row, details);
      this.#allocation = { number: row.number, hash: row.hash };
    } else {
      this.correct({ target: targetOf(row), before: details.before!, factors: details.factors });
      this.#correction = { number: row.number, hash: row.hash };
    }
    this.#last = { epoch: row.epoch, hash: row.hash };
  }

  #record({ arm, source }: AllocationRecord, { factors, block, slot }: LogDetails): void {
    record(this.#state, factors, arm, { block, slot, outside: source !== 'service' });
  }

  /** Moves the participant to the true levels, if this epoch counts them. */
  correct(correction: Correction): void {
    this.#move(this.#state, correction);
  }

  /** @throws RandomisationError when the state can't follow the correction; it isn't changed either way */
  check(correction: Correction): void {
    this.#move({ ...this.#state, margins: structuredClone(this.#state.margins) }, correction);
  }

  #move(state: State, { target, before, factors }: Correction): void {
    if (target.epoch < this.#countedFrom) return;
    const { details } = JSON.parse(target.entry) as LogEntry;
    correct(state, before, factors, target.arm, details.slot);
  }

  /** Goes on to the epoch, by way of those between. */
  enter(epoch: number, designs: readonly DesignRecord[]): void {
    while (this.#epoch < epoch) {
      const next = designs.find((design) => design.epoch === this.#epoch + 1)!;
      const { state, carried } = nextEpoch(JSON.parse(next.design) as Design, this.#state);
      this.#state = state;
      this.#epoch = next.epoch;
      this.#designHash = next.design_hash;
      if (!carried) this.#countedFrom = next.epoch;
    }
  }

  tail(inForce: DesignRecord): Tail {
    return {
      allocations: this.allocations,
      corrections: this.corrections,
      previous: previousFor(inForce, this.#last),
    };
  }
}

function targetOf(row: CorrectionRecord): Correction['target'] {
  return { arm: row.arm, epoch: row.allocated_epoch, entry: row.allocated_entry };
}
