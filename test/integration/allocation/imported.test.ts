import { afterEach, expect, test } from 'vitest';
import { AllocationLog } from '../../../server/imports/enrol.ts';
import type { Intake } from '../../../server/imports/intake.ts';
import { insertAllocation } from '../../../server/randomisation/store.ts';
import { blocks, minimisation, people, type Screening, studyOf } from './study.ts';
import { refusal, Trial } from './trial.ts';
import { expectFits } from './verified.ts';

let trial: Trial;
afterEach(() => trial?.close());

/** Takes over allocations that another system made, as an import of a file does. */
async function takeOver(arms: readonly string[], who = people(arms.length)): Promise<string[]> {
  const codes = await trial.ready(who);
  const caller = await trial.as('data-manager');
  await trial.services.db.write(async (tx) => {
    const log = await AllocationLog.open(trial.services, tx, caller);
    for (const [i, code] of codes.entries()) {
      const { id } = await tx
        .selectFrom('participant')
        .select('id')
        .where('code', '=', code)
        .executeTakeFirstOrThrow();
      const screening: Screening = who[i]!.values;
      const intake = { code, site: who[i]!.site, screening } as Intake;
      const from = { ...intake, arm: arms[i]!, randomisedOn: '2026-11-21' };
      await insertAllocation(tx, log.next(from, id, trial.services.now().toISOString()));
      await tx.updateTable('participant').set({ status: 'randomised' }).where('id', '=', id).execute();
    }
  });
  return codes;
}

test('allocations from elsewhere count for balance, take no place in a block, and stand in the chain', async () => {
  trial = await Trial.open(await studyOf({ rule: blocks(3), strata: [] }));
  const [first] = await trial.enrol([{}]);
  await takeOver(['alpha', 'alpha', 'beta', 'alpha']);
  const rest = await trial.enrol([{}, {}]);
  expect([first, ...rest].map((slip) => slip!.arm.id).sort()).toEqual(['alpha', 'beta', 'gamma']);
  await trial.reveal();
  const log = await trial.export();
  expect(log.entries.map(({ source }) => source)).toEqual([
    'service',
    ...Array.from({ length: 4 }, () => 'imported'),
    'service',
    'service',
  ]);
  expectFits(log, 'Chain, commitments, scores and draws');
});

test('with pseudo-arms each counts in one of them, and is corrected there', async () => {
  const rule = { ...minimisation, unequal: 'pseudo-arms' } as typeof minimisation;
  trial = await Trial.open(await studyOf({ rule, ratio: [3, 1] }));
  await trial.enrol(people(3));
  const codes = await takeOver(['alpha', 'alpha', 'beta', 'alpha', 'beta', 'alpha', 'alpha']);
  await trial.enrol(people(6));
  for (const code of codes) await trial.correct(code, { sex: 'male', age: 60 });
  for (const code of codes.slice(2)) await trial.correct(code, { sex: 'female', age: 60 });
  await trial.enrol(people(4));
  await trial.reveal();
  expectFits(await trial.export(), 'Chain, commitments, scores and draws');
});

test('what the design in force has no place for is refused, so that it can’t stop every later allocation', async () => {
  trial = await Trial.open(await studyOf());
  await trial.enrol(people(2));
  await trial.amend((document) => ({
    ...document,
    arms: document.arms.map((arm) => (arm.id === 'gamma' ? { ...arm, closed: true } : arm)),
    allocation: { ...document.allocation, rule: blocks(4) },
  }));
  const { kind, message } = await refusal(takeOver(['alpha', 'gamma']));
  expect([kind, message]).toEqual(['conflict', expect.stringContaining('Nothing was imported')]);
  expect(await trial.allocations()).toHaveLength(2);
  await trial.enrol(people(2));
  expectFits(await trial.export(), 'chain, commitments and scores');
});
