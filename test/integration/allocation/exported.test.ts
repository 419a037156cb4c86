import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  armCommitment,
  detailsCommitment,
  type ExportedEntry,
  type ExportedLog,
  emergencyList,
  entryHash,
  placeCommitment,
  seedFor,
} from '../../../randomisation/index.ts';
import { enterEnvelope } from '../../../server/randomisation/emergency.ts';
import { armNames, minimisation, people, secretOf, studyOf } from './study.ts';
import { refusal, Trial } from './trial.ts';
import { verified } from './verified.ts';

let trial: Trial;
const logs = {} as Record<'chain' | 'open' | 'secret', ExportedLog>;

/** 9 allocations, the fifth from an envelope, then a correction of the third, then 4 allocations in a new epoch. */
beforeAll(async () => {
  const study = await studyOf({ rule: minimisation, blinded: ['monitor'] });
  trial = await Trial.open(study, secretOf(6));
  await trial.enrol(people(4));
  const { designHash, design } = (await trial.export()).epochs[0]!;
  const [envelope] = emergencyList(design, seedFor(secretOf(6), designHash), 1, 1);
  const code = await trial.readyOne();
  const input = {
    key: crypto.randomUUID(),
    confirm: code,
    code: envelope!.code,
    openedAt: '2026-11-23T08:00:00Z',
  };
  await enterEnvelope(trial.services, await trial.as('coordinator'), code, input);
  await trial.enrol(people(4));
  const [, , third] = await trial.allocations();
  const { code: wrong } = await trial.services.db.read
    .selectFrom('participant')
    .select('code')
    .where('id', '=', third!.participant_id)
    .executeTakeFirstOrThrow();
  await trial.correct(wrong, { sex: 'male', age: 50 });
  await trial.amend((document) => ({
    ...document,
    allocation: {
      ...document.allocation,
      rule: { ...minimisation, probability: '2/3' } as typeof minimisation,
    },
  }));
  await trial.enrol(people(4));
  logs.open = await trial.export('statistician');
  logs.chain = await trial.export('monitor');
  await trial.reveal();
  logs.secret = await trial.export('statistician');
});
afterAll(() => trial?.close());

/** What the verifier, run by a stranger, says first of a copy that was tampered with. */
function first(level: keyof typeof logs, tamper: (log: ExportedLog) => void): string {
  const copy = structuredClone(logs[level]);
  tamper(copy);
  const { code, text } = verified(copy);
  expect(code).toBe(1);
  return /First: (.*)/.exec(text)![1]!;
}
const other = (arm: string | undefined) => armNames.find((name) => name !== arm)!;

/** Links and hashes made anew from an entry on, as someone could who can write the database. */
function rechain({ entries, ...log }: ExportedLog, from: number): void {
  for (let i = from; i < entries.length; i += 1) {
    const entry = entries[i]!;
    if (i > 0 && entry.epoch === entries[i - 1]!.epoch) entry.previous = entries[i - 1]!.hash;
    entry.hash = entryHash(entry);
  }
  log.last = entries.at(-1)!.hash;
}

/** An entry rewritten with all its commitments, as someone could who has the secret as well. */
function forge(log: ExportedLog, index: number, change: Partial<ExportedEntry>): void {
  Object.assign(log.entries[index]!, change);
  for (const [i, entry] of log.entries.entries()) {
    if (i < index || entry.epoch !== log.entries[index]!.epoch) continue;
    const key = Buffer.from(entry.key!, 'hex');
    if (i > index) entry.previous = log.entries[i - 1]!.hash;
    entry.commitments = {
      details: detailsCommitment(key, entry.details!),
      ...(entry.arm === undefined ? {} : { arm: armCommitment(key, entry.arm) }),
      place: placeCommitment(key, entry),
    };
    entry.hash = entryHash(entry);
  }
}

describe('an exported log', () => {
  test('fits at every level, and says how far it could be checked', () => {
    const words = {
      chain: 'only the chain was verified',
      open: 'chain, commitments and scores were verified, not the draws',
      secret: 'Chain, commitments, scores and draws were verified',
    };
    for (const level of ['chain', 'open', 'secret'] as const) {
      const { code, text } = verified(logs[level], '--commitment', logs.open.epochs[0]!.commitment);
      expect(text).toContain('13 allocations, 1 corrections, 2 epoch(s)');
      expect(text).toContain(words[level]);
      expect([code, text]).toEqual([0, expect.stringContaining('Everything fits.')]);
    }
  });

  test('has for a blinded role no arm, no factor, no score, no key: nothing but the chain', async () => {
    const header = [
      'commitments',
      'design',
      'epoch',
      'happenedAt',
      'hash',
      'index',
      'kind',
      'participant',
      'previous',
    ];
    for (const entry of logs.chain.entries) {
      expect([...header, 'source', 'storedAt']).toEqual(expect.arrayContaining(Object.keys(entry)));
    }
    expect(JSON.stringify(logs.chain.entries)).not.toMatch(
      /alpha|beta|gamma|female|male|site|imbalance|weights/,
    );
    expect(logs.chain.epochs.flatMap(({ retired, secret }) => [retired, secret])).toEqual([
      undefined,
      null,
      undefined,
      null,
    ]);
    const afterReveal = await trial.export('monitor');
    expect(afterReveal).toEqual(logs.chain);
  });

  test('is the same chain at every level', () => {
    const hashes = ({ entries }: ExportedLog) => entries.map(({ hash }) => hash);
    expect(hashes(logs.chain)).toEqual(hashes(logs.secret));
    expect(hashes(logs.open)).toEqual(hashes(logs.secret));
  });

  test('is of the whole study, and so not for someone at one of its sites', async () => {
    const { exportAllocations } = await import('../../../server/randomisation/exportLog.ts');
    const monitor = await trial.as('monitor', 's1');
    expect(await refusal(exportAllocations(trial.services, monitor))).toMatchObject({ kind: 'not-allowed' });
  });

  test('is taken on record', async () => {
    const [entry] = await trial.audit('randomisation.export');
    expect(JSON.parse(entry!.after!)).toMatchObject({ entries: 4 });
  });
});

describe('the verifier names the first thing that is wrong', () => {
  test('in the chain: an entry altered, dropped, swapped, repeated, or the end cut off', () => {
    expect(first('chain', ({ entries }) => (entries[6]!.participant = 'SA-9999'))).toBe(
      'Allocation 7: its content was altered after it was hashed.',
    );
    expect(first('chain', ({ entries }) => entries.splice(2, 1))).toBe(
      'Allocation 4: number 3 is missing before it.',
    );
    expect(
      first('chain', ({ entries }) => {
        [entries[4], entries[5]] = [entries[5]!, entries[4]!];
      }),
    ).toBe('Allocation 6: number 5 is missing before it.');
    expect(first('chain', ({ entries }) => entries.splice(3, 0, entries[2]!))).toBe(
      'Allocation 3: it is out of order or repeated; number 4 is due here.',
    );
    expect(first('chain', ({ entries }) => entries.splice(9, 1))).toContain('Allocation 10');
    expect(first('chain', ({ entries }) => entries.pop())).toContain('The end of the log is cut off');
  });

  test('in the opened log: an arm, a factor, a score, a correction, a time', () => {
    expect(first('open', ({ entries }) => (entries[3]!.arm = other(entries[3]!.arm)))).toBe(
      'Allocation 4: its arm is not the one that was committed to.',
    );
    expect(first('open', ({ entries }) => (entries[5]!.details!.factors.sex = 'female'))).toBe(
      'Allocation 6: its factors, scores or weights are not those that were committed to.',
    );
    expect(first('open', ({ entries }) => entries[7]!.details!.weights!.reverse().push('9'))).toContain(
      'Allocation 8',
    );
    expect(
      first('open', ({ entries }) => (entries[9]!.details!.factors = { sex: 'female', site: 's1' })),
    ).toBe('Correction 1: its factors, scores or weights are not those that were committed to.');
    const moved = (log: ExportedLog) => {
      log.entries[4]!.happenedAt = '2026-11-23T06:00:00.000Z';
      rechain(log, 4);
      log.last = log.entries.at(-1)!.hash;
    };
    expect(first('open', moved)).toBe(
      'Allocation 5: its place, participant or time is not what was committed to.',
    );
  });

  test('once the secret is revealed: an arm put there by someone who had it', () => {
    for (const index of [1, 8, 12]) {
      const arm = other(logs.secret.entries[index]!.arm);
      const number = logs.secret.entries[index]!.index;
      expect(first('secret', (log) => forge(log, index, { arm }))).toMatch(
        new RegExp(`^Allocation ${number}: the committed secret gives arm “\\w+”, the log says “${arm}”`),
      );
    }
    const envelope = other(logs.secret.entries[4]!.arm);
    expect(first('secret', (log) => forge(log, 4, { arm: envelope }))).toBe(
      'Allocation 5: envelope 1 didn’t hold this arm.',
    );
    const factors = { ...logs.secret.entries[2]!.details, factors: { site: 's2', sex: 'male' } };
    expect(first('secret', (log) => forge(log, 2, { details: factors }))).toContain('Allocation 3');
  });

  test('another secret than the one that was committed to', () => {
    const swapped = (log: ExportedLog) => (log.epochs[0]!.secret = Buffer.from(secretOf(8)).toString('hex'));
    expect(first('secret', swapped)).toBe(
      'Epoch 1: the revealed secret and the design don’t fit the commitment.',
    );
  });
});
