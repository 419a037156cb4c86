import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { randomise } from '../../../server/randomisation/allocate.ts';
import { Allocator, buildAllocator, type Program } from './processes.ts';
import { blocks, minimisation, people, secretOf, studyOf } from './study.ts';
import { Trial } from './trial.ts';
import { expectFits } from './verified.ts';

let program: Program;
beforeAll(async () => {
  program = await buildAllocator();
});
afterAll(() => program?.remove());

const trials: Trial[] = [];
afterEach(() => Promise.all(trials.splice(0).map((trial) => trial.close())));

const rules = { minimisation, blocks: blocks(3, 6) };

/** A trial with corrections in its log that has come to its 14th participant. */
async function begun(rule: (typeof rules)[keyof typeof rules]): Promise<Trial> {
  const trial = await Trial.open(await studyOf({ rule }), secretOf(4));
  trials.push(trial);
  const slips = await trial.enrol(people(14));
  await trial.correct(slips[3]!.participant, { sex: 'female', age: 41 });
  await trial.correct(slips[8]!.participant, { sex: 'female', age: 26 });
  return trial;
}

describe.each(Object.entries(rules))('%s', (_, rule) => {
  test('a process that has just begun allocates as the one that has run all along', async () => {
    const [running, restarted] = [await begun(rule), await begun(rule)];
    const expected = (await running.enrol(people(8))).map(({ arm }) => arm.id);
    const arms: string[] = [];
    const codes = await restarted.ready(people(8));
    const fresh = await new Allocator(program, restarted, await restarted.as('coordinator')).ready();
    for (const code of codes) {
      const told = await fresh.ask({ code, key: crypto.randomUUID() });
      if (told.kind !== 'slip' || told.slip.masked) throw new Error(JSON.stringify(told));
      arms.push(told.slip.arm.id);
    }
    await fresh.kill();
    expect(arms).toEqual(expected);
    // And this process takes up what the other did.
    await restarted.enrol(people(3));
    await restarted.reveal();
    expectFits(await restarted.export(), 'Chain, commitments, scores and draws');
  });
});

test('what was rolled back was never drawn: the next allocation is what it would have been', async () => {
  const [calm, failing] = [await begun(minimisation), await begun(minimisation)];
  const expected = (await calm.enrol(people(5))).map(({ arm }) => arm.id);
  const codes = await failing.ready(people(5));
  const { services } = failing;
  const full = {
    ...services,
    db: {
      ...services.db,
      write: <T>(work: Parameters<typeof services.db.write<T>>[0]) =>
        services.db.write(async (tx) => {
          await work(tx);
          throw new Error('The disk is full.');
        }),
    },
  };
  const caller = await failing.as('coordinator');
  const arms: string[] = [];
  for (const code of codes) {
    const key = crypto.randomUUID();
    await expect(randomise(full as typeof services, caller, code, { key, confirm: code })).rejects.toThrow(
      'full',
    );
    const slip = await failing.randomise(code, key);
    if (!slip.masked) arms.push(slip.arm.id);
  }
  expect(arms).toEqual(expected);
  await failing.reveal();
  expectFits(await failing.export(), 'Chain, commitments, scores and draws');
});
