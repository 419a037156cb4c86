import { afterEach, expect, test } from 'vitest';
import { recordEvent } from '../../../server/participants/event.ts';
import { screenParticipant } from '../../../server/participants/screen.ts';
import { expectedCounts, restsOn } from './counts.ts';
import { armNames, minimisation, people, studyOf } from './study.ts';
import { Trial } from './trial.ts';
import { expectFits } from './verified.ts';

let trial: Trial;
afterEach(() => trial?.close());

async function record(code: string, event: string, lossReason?: string): Promise<void> {
  const input = { key: crypto.randomUUID(), event, on: '2026-11-23', detail: 'As told', lossReason };
  await recordEvent(trial.services, await trial.as('coordinator'), code, input);
}

test('someone randomised in error is flagged and stays: in the log, in the counts, and in their place', async () => {
  const study = await studyOf({ rule: minimisation });
  trial = await Trial.open({
    ...study,
    document: {
      ...study.document,
      events: [...study.document.events, { id: 'in-error', label: 'Randomised in error', kind: 'deviation' }],
    },
  });
  const slips = await trial.enrol(people(5));
  const before = await trial.allocations();
  await record(slips[1]!.participant, 'in-error');
  expect(await trial.allocations()).toEqual(before);
  expect((await trial.person(slips[1]!.participant)).status).toBe('randomised');
  await expect(trial.services.db.write((tx) => tx.deleteFrom('allocation').execute())).rejects.toThrow(
    'append-only',
  );
  const moved = trial.services.db.write((tx) =>
    tx
      .updateTable('allocation')
      .set('arm' as never, 'alpha' as never)
      .execute(),
  );
  await expect(moved).rejects.toThrow('append-only');
  await trial.enrol(people(6).slice(5));
  expect((await trial.allocations()).map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(restsOn((await trial.export()).entries[5]!, await countsOf(5))).toBe(true);
});

test('someone who withdraws at once stays in the counts', async () => {
  trial = await Trial.open(await studyOf({ rule: minimisation }));
  const slips = await trial.enrol(people(5));
  for (const { participant } of slips.slice(0, 3)) await record(participant, 'withdrawal', 'other');
  expect((await trial.person(slips[0]!.participant)).status).toBe('withdrawn');
  await trial.enrol(people(6).slice(5));
  await trial.reveal();
  const log = await trial.export();
  expect(restsOn(log.entries[5]!, await countsOf(5))).toBe(true);
  expectFits(log, 'Chain, commitments, scores and draws');
});

/** The counts for the next participant after the first n, of `people`. */
async function countsOf(n: number): Promise<number[][]> {
  const arms = (await trial.allocations()).map(({ arm }) => arm);
  const factors = people(n + 1).map(({ site, values }) => ({ site, sex: String(values.sex) }));
  const others = arms.slice(0, n).map((arm, i) => ({ arm, factors: factors[i]! }));
  return expectedCounts(armNames.slice(0, 3), factors[n]!, others);
}

test('a participant ID is never given twice, whatever became of its first bearer', async () => {
  trial = await Trial.open(await studyOf());
  const codes = [];
  for (let n = 0; n < 3; n += 1) {
    const input = {
      key: crypto.randomUUID(),
      site: 's1',
      screenedOn: '2026-11-23',
      values: { sex: 'male', age: 40 },
    };
    codes.push((await screenParticipant(trial.services, await trial.as('coordinator'), input)).code);
  }
  expect(codes).toEqual(['SA-0001', 'SA-0002', 'SA-0003']);
});
