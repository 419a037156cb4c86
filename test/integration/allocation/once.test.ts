import { afterEach, beforeEach, expect, test } from 'vitest';
import { randomise } from '../../../server/randomisation/allocate.ts';
import { enterEnvelope } from '../../../server/randomisation/emergency.ts';
import { studyOf } from './study.ts';
import { refusal, Trial } from './trial.ts';

let trial: Trial;
beforeEach(async () => {
  trial = await Trial.open(await studyOf());
});
afterEach(() => trial?.close());

test('the same key gives the same slip, and draws once', async () => {
  const [one] = await trial.ready([{}, {}]);
  const key = crypto.randomUUID();
  const first = await trial.randomise(one!, key);
  trial.clock.now = new Date('2026-11-24T09:00:00.000Z');
  expect(await trial.randomise(one!, key)).toEqual(first);
  expect(await trial.allocations()).toHaveLength(1);
  expect(await trial.audit('randomisation.allocate')).toHaveLength(1);
});

test('the same key for another participant, or another act, is refused and draws nothing', async () => {
  const [one, two] = await trial.ready([{}, {}]);
  const key = crypto.randomUUID();
  await trial.randomise(one!, key);
  expect(await refusal(trial.randomise(two!, key))).toMatchObject({ kind: 'conflict' });
  const envelope = { key, confirm: two!, code: '0000000000', openedAt: '2026-11-23T08:00:00Z' };
  const entered = enterEnvelope(trial.services, await trial.as('coordinator'), two!, envelope);
  expect(await refusal(entered)).toMatchObject({ kind: 'conflict' });
  expect(await trial.allocations()).toHaveLength(1);
});

test('a form that is sent twice with two keys allocates once', async () => {
  const code = await trial.readyOne();
  const { number } = await trial.randomise(code);
  const { kind, message } = await refusal(trial.randomise(code));
  expect([kind, message]).toEqual([
    'conflict',
    `${code} can’t be randomised: Randomised already, no. ${number}. Nothing was drawn.`,
  ]);
  expect(await trial.allocations()).toHaveLength(1);
});

test('ten requests with one key at the same moment are one act with one slip', async () => {
  const code = await trial.readyOne();
  const key = crypto.randomUUID();
  const slips = await Promise.all(Array.from({ length: 10 }, () => trial.randomise(code, key)));
  expect(new Set(slips.map((slip) => JSON.stringify(slip))).size).toBe(1);
  expect(await trial.allocations()).toHaveLength(1);
});

test('of two coordinators who race for a participant one randomises, and the other is told so', async () => {
  const callers = [await trial.as('coordinator'), await trial.another('coordinator')];
  const codes = await trial.ready(Array.from({ length: 8 }, () => ({})));
  for (const code of codes) {
    const results = await Promise.allSettled(callers.map((one) => trial.randomise(code, undefined, one)));
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const lost = results.find((one) => one.status === 'rejected')!;
    expect(String(lost.reason)).toContain('Randomised already');
  }
  expect((await trial.allocations()).map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
});

test('another person’s key is theirs: it shows them nothing that they didn’t do', async () => {
  const code = await trial.readyOne();
  const key = crypto.randomUUID();
  await trial.randomise(code, key);
  const other = await trial.another('coordinator');
  expect((await refusal(trial.randomise(code, key, other))).message).toContain('Randomised already');
});

test('a participant ID that is typed otherwise stops it, and so does another site', async () => {
  const code = await trial.readyOne();
  const input = { key: crypto.randomUUID(), confirm: 'SA-0002' };
  const typed = randomise(trial.services, await trial.as('coordinator'), code, input);
  expect(await refusal(typed)).toMatchObject({
    kind: 'not-valid',
    detail: { issues: [{ path: 'confirm' }] },
  });
  const elsewhere = await trial.as('coordinator', 's2');
  expect(await refusal(trial.randomise(code, undefined, elsewhere))).toMatchObject({ kind: 'not-found' });
  expect(await trial.allocations()).toEqual([]);
});

test('whoever isn’t ready is told everything that is open', async () => {
  const code = await trial.readyOne();
  await trial.services.db.write(async (tx) => {
    await tx.deleteFrom('consent').execute();
    await tx.updateTable('form').set({ status: 'draft' }).execute();
  });
  expect((await refusal(trial.randomise(code))).message).toBe(
    `${code} can’t be randomised: Consent has not been recorded; 0 of 1 baseline forms complete. Nothing was drawn.`,
  );
});
