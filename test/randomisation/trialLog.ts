import {
  type Allocation,
  begin,
  chainStart,
  commitment,
  correct,
  correctionEntry,
  type Design,
  decide,
  designHash,
  type EpochRecord,
  type ExportedLog,
  emergencyList,
  exportLog,
  type Factors,
  generatorFor,
  type LogEntry,
  logEntry,
  nextEpoch,
  outsideEntry,
  type RandomSource,
  record,
  type State,
  seedFor,
} from '../../randomisation/index.ts';

export const secret = (number: number) => Uint8Array.from({ length: 32 }, (_, i) => (i * 7 + number) % 256);

/** Keeps a study's log as a server would, in memory. */
export class TrialLog {
  readonly epochs: EpochRecord[] = [];
  readonly entries: (LogEntry & { arm?: string })[] = [];
  state!: State;
  private seed!: Uint8Array;
  private design!: Design;
  private previous!: string;
  private allocations = 0;
  private corrections = 0;
  /** Factors as they are believed to be, by allocation. */
  private readonly factors = new Map<number, Factors>();
  /** Allocations up to this one are not counted in the present epoch. */
  private uncounted = 0;

  open(design: Design, beacon?: Uint8Array): this {
    const epoch = this.epochs.length + 1;
    const hash = designHash(design);
    if (epoch === 1) this.state = begin(design);
    else {
      const { state, retired, carried } = nextEpoch(design, this.state);
      if (!carried) this.uncounted = this.allocations;
      this.state = state;
      this.epochs.at(-1)!.retired = retired;
    }
    this.design = design;
    this.epochs.push({ epoch, design, secret: secret(epoch), beacon });
    this.seed = seedFor(secret(epoch), hash, beacon);
    this.previous = chainStart(commitment(secret(epoch), hash), this.entries.at(-1)?.hash);
    return this;
  }

  /** Allocates; `reroll` draws from another index's generator until `accept` likes the arm, as a cheat would. */
  allocate(factors: Factors, reroll?: { accept: (arm: string) => boolean }): Allocation {
    const index = ++this.allocations;
    const epoch = this.epochs.length;
    const drawWith = (source: RandomSource) => decide(this.design, this.state, factors, source);
    let allocation = drawWith(generatorFor(this.seed, this.design.study, epoch, index));
    for (let other = 1; reroll && !reroll.accept(allocation.arm); other++) {
      allocation = drawWith(generatorFor(this.seed, this.design.study, epoch, 1000 + other));
    }
    record(this.state, factors, allocation.arm, allocation);
    this.append(logEntry(this.place(index, `P${index}`), this.seed, allocation), allocation.arm);
    return allocation;
  }

  envelope(factors: Factors, number: number): void {
    const index = ++this.allocations;
    const { arm } = emergencyList(this.design, this.seed, this.epochs.length, number).at(-1)!;
    record(this.state, factors, arm, { outside: true });
    const place = { ...this.place(index, `P${index}`), happenedAt: '2026-02-03T10:00:00Z' };
    this.append(outsideEntry(place, this.seed, { source: 'envelope', factors, arm, envelope: number }), arm);
  }

  imported(factors: Factors, arm: string): void {
    const index = ++this.allocations;
    record(this.state, factors, arm, { outside: true });
    this.append(
      outsideEntry(this.place(index, `P${index}`), this.seed, { source: 'imported', factors, arm }),
      arm,
    );
  }

  correction(corrects: number, factors: Factors): void {
    const index = ++this.corrections;
    const target = this.entries.find((entry) => entry.kind === 'allocation' && entry.index === corrects)!;
    const { slot } = target.details;
    const before = this.factors.get(corrects)!;
    this.factors.set(corrects, factors);
    if (corrects > this.uncounted) correct(this.state, before, factors, target.arm!, slot);
    this.append(correctionEntry(this.place(index, `P${corrects}`), this.seed, { corrects, before, factors }));
  }

  export(show: 'chain' | 'open' | 'secret'): ExportedLog {
    return structuredClone(exportLog('test', this.epochs, this.entries, show));
  }

  private place(index: number, participant: string) {
    return {
      index,
      epoch: this.epochs.length,
      design: designHash(this.design),
      previous: this.previous,
      participant,
      storedAt: `2026-01-01T00:00:${String(index % 60).padStart(2, '0')}Z`,
    };
  }

  private append(entry: LogEntry, arm?: string): void {
    this.entries.push({ ...entry, arm });
    if (entry.kind === 'allocation') this.factors.set(entry.index, entry.details.factors);
    this.previous = entry.hash;
  }
}
