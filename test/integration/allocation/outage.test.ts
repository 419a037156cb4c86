import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { enterEnvelope, printEmergencyList } from '../../../server/randomisation/emergency.ts';
import { blocks, minimisation, people, secretOf, studyOf } from './study.ts';
import { refusal, Trial } from './trial.ts';
import { expectFits } from './verified.ts';

let trial: Trial;
beforeEach(async () => {
  trial = await Trial.open(await studyOf());
});
afterEach(() => trial?.close());

const list = async (count = 20, of = trial) =>
  (await printEmergencyList(of.services, await of.as('data-manager'), count)).envelopes;

const OPENED = '2026-11-23T07:15:00Z';

async function enter(
  code: string,
  envelope: string,
  more: { openedAt?: string; key?: string } = {},
  of = trial,
) {
  const input = { key: crypto.randomUUID(), confirm: code, code: envelope, openedAt: OPENED, ...more };
  return enterEnvelope(of.services, await of.as('coordinator'), code, input);
}

describe('the emergency list', () => {
  test('is the beginning of one sequence, whenever and by whomever it is taken, and each taking is logged', async () => {
    const long = await list(40);
    await trial.enrol(people(5));
    const short = await list(10);
    expect(short).toEqual(long.slice(0, 10));
    expect(long.map(({ number }) => number)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
    expect(new Set(long.map(({ code }) => code)).size).toBe(40);
    const taken = await trial.audit('randomisation.emergency-list');
    expect(taken.map(({ after }) => JSON.parse(after!))).toEqual([
      { epoch: 1, count: 40 },
      { epoch: 1, count: 10 },
    ]);
    expect(JSON.stringify(taken)).not.toMatch(/alpha|beta|gamma/);
  });

  test('shares no draw with the service', async () => {
    const study = await studyOf({ rule: { method: 'simple' }, strata: [] });
    const [left, listed] = [await Trial.open(study, secretOf(3)), await Trial.open(study, secretOf(3))];
    try {
      const arms = [];
      for (const one of [left, listed]) {
        if (one === listed) await list(50, one);
        arms.push((await one.enrol(people(30))).map(({ arm }) => arm.id));
      }
      expect(arms[0]).toEqual(arms[1]);
      const envelopes = (await list(30, listed)).map(({ arm }) => arm.id);
      expect(envelopes).not.toEqual(arms[0]);
    } finally {
      await left.close();
      await listed.close();
    }
  });
});

describe('an envelope that is entered after the outage', () => {
  test('gives its own arm, and both times are kept', async () => {
    const envelopes = await list();
    const code = await trial.readyOne();
    const slip = await enter(code, envelopes[2]!.code);
    expect(slip).toMatchObject({
      masked: false,
      number: 1,
      arm: envelopes[2]!.arm,
      at: '2026-11-23T07:15:00.000Z',
    });
    const { entries } = await trial.export();
    expect(entries[0]).toMatchObject({
      source: 'envelope',
      storedAt: '2026-11-23T09:00:00.000Z',
      happenedAt: '2026-11-23T07:15:00.000Z',
      details: { envelope: 3 },
    });
    expect((await list(3))[2]!.usedFor).toBe(code);
    expect((await trial.person(code)).status).toBe('randomised');
  });

  test('is ordered by when the server stored it, not by when it was opened', async () => {
    trial.clock.now = new Date('2026-11-23T11:00:00.000Z');
    const envelopes = await list();
    const [first, second] = await trial.ready([{}, {}]);
    await trial.randomise(first!);
    trial.clock.now = new Date('2026-11-23T12:00:00.000Z');
    await enter(second!, envelopes[0]!.code, {
      openedAt: '2026-11-23T10:30Z',
    });
    const { entries } = await trial.export();
    expect(entries.map(({ index, storedAt, happenedAt }) => [index, storedAt, happenedAt])).toEqual([
      [1, '2026-11-23T11:00:00.000Z', undefined],
      [2, '2026-11-23T12:00:00.000Z', '2026-11-23T10:30:00.000Z'],
    ]);
    expect((await trial.allocations())[1]!.allocated_at).toBe('2026-11-23T10:30:00.000Z');
    expectFits(await trial.export(), 'chain, commitments and scores');
  });

  test('is refused with a wrong or a used code, a time to come, or a time before the list was made', async () => {
    const [one, two] = await trial.ready([{}, {}]);
    const envelopes = await list();
    const openedAt = '2026-11-23T09:00:00Z'; // This very second.
    expect(await refusal(enter(one!, '0000000000', { openedAt }))).toMatchObject({ kind: 'not-valid' });
    await enter(one!, envelopes[0]!.code, { openedAt });
    const { kind, message } = await refusal(enter(two!, envelopes[0]!.code, { openedAt }));
    expect([kind, message]).toEqual([
      'conflict',
      `Envelope 1 was entered for ${one} already. Nothing was entered.`,
    ]);
    const future = enter(two!, envelopes[1]!.code, { openedAt: '2026-11-23T09:00:01Z' });
    expect((await refusal(future)).message).toContain('in the future');
    const before = enter(two!, envelopes[1]!.code, { openedAt: '2026-11-19T07:59:59Z' });
    expect((await refusal(before)).message).toContain('made on 2026-11-19');
    const again = enter(one!, envelopes[1]!.code, { openedAt });
    expect((await refusal(again)).message).toContain('Randomised already, no. 1');
    expect(await trial.allocations()).toHaveLength(1);
  });

  test('is one act for one key', async () => {
    const [one, two] = await trial.ready([{}, {}]);
    const [envelope] = await list();
    const more = { key: crypto.randomUUID() };
    const slip = await enter(one!, envelope!.code, more);
    expect(await enter(one!, envelope!.code, more)).toEqual(slip);
    expect(await refusal(enter(two!, envelope!.code, more))).toMatchObject({ kind: 'conflict' });
    expect(await refusal(trial.randomise(one!, more.key))).toMatchObject({ kind: 'conflict' });
    expect(await trial.allocations()).toHaveLength(1);
  });

  test('counts for balance, takes no place in a block, and its draw verifies with all others', async () => {
    const study = await studyOf({ rule: blocks(6), strata: [] });
    const opened = await Trial.open(study);
    const minimised = await Trial.open(
      await studyOf({
        rule: { ...minimisation, unequal: 'pseudo-arms' } as typeof minimisation,
        ratio: [3, 1],
      }),
    );
    try {
      await opened.enrol(people(2));
      const envelopes = await list(5, opened);
      for (const { code } of envelopes.slice(1, 3)) await enter(await opened.readyOne(), code, {}, opened);
      const after = await opened.enrol(people(4));
      // Four more finish the block of six that the first two opened: as many of each arm as in any block.
      const block = [
        ...(await opened.allocations()).slice(0, 2).map(({ arm }) => arm),
        ...after.map(({ arm }) => arm.id),
      ];
      expect(block.sort()).toEqual(['alpha', 'alpha', 'beta', 'beta', 'gamma', 'gamma']);

      const [first] = await list(1, minimised);
      const code = await minimised.readyOne();
      await enter(code, first!.code, {}, minimised);
      await minimised.enrol(people(7));
      await minimised.correct(code, { sex: 'male', age: 33 });
      await minimised.enrol(people(5));
      for (const one of [opened, minimised]) {
        await one.reveal();
        expectFits(await one.export(), 'Chain, commitments, scores and draws');
      }
    } finally {
      await Promise.all([opened, minimised].map((one) => one.close()));
    }
  });

  test('is for someone who could have been randomised', async () => {
    const [envelope] = await list();
    const code = await trial.readyOne();
    await trial.services.db.write((tx) => tx.deleteFrom('consent').execute());
    const entered = enter(code, envelope!.code);
    expect((await refusal(entered)).message).toContain('Consent has not been recorded');
    expect(await trial.allocations()).toEqual([]);
  });
});
