import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Dataset } from '../../analysis/index.ts';
import { behindLetters, lettersOf } from '../../server/results/letters.ts';
import { currentStudy } from '../../server/studies/store.ts';
import type { Study } from '../../server/studies/study.ts';
import { type TestServices, testServices } from '../setup/services.ts';

let world: TestServices;
let study: Study;
beforeAll(async () => {
  world = await testServices();
  study = (await currentStudy(world.services.db.read, world.study))!;
});
afterAll(() => world?.close());

test('letters are drawn once, whoever asks first, and an added arm takes the next one', async () => {
  const { services } = world;
  const both = await Promise.all([lettersOf(services, study), lettersOf(services, study)]);
  expect(both[0]).toEqual(both[1]);
  expect([...both[0].values()].sort()).toEqual(['A', 'B', 'C']);
  expect([...both[0].keys()].sort()).toEqual(study.document.arms.map(({ id }) => id).sort());
  const arms = [...study.document.arms, { ...study.document.arms[0]!, id: 'added' }];
  const later = await lettersOf(services, { id: study.id, document: { arms } });
  expect(later.get('added')).toBe('D');
  for (const [arm, letter] of both[0]) expect(later.get(arm)).toBe(letter);
});

test('the database holds no arm in the clear, and refuses to change a letter', async () => {
  const { services } = world;
  await lettersOf(services, study);
  const rows = await services.db.read.selectFrom('arm_letter').selectAll().execute();
  for (const { id } of study.document.arms) expect(JSON.stringify(rows)).not.toContain(`"${id}"`);
  await expect(services.db.write((tx) => tx.deleteFrom('arm_letter').execute())).rejects.toThrow(
    /append-only/,
  );
  // `letter` can't be updated through the types; the trigger refuses what goes round them.
  await expect(
    services.db.write((tx) =>
      tx
        .updateTable('arm_letter')
        .set({ letter: 'Z' } as never)
        .execute(),
    ),
  ).rejects.toThrow(/append-only/);
});

test('behind letters nothing is left of an arm: order, reference and sessions go', () => {
  const dataset: Dataset = {
    arms: [
      { id: 'active', label: 'Active', reference: false },
      { id: 'usual', label: 'Usual', reference: true },
    ],
    visits: [],
    participants: [
      {
        id: 'LOH-0001',
        arm: 'active',
        site: 'lohja',
        randomisedOn: '2026-01-01',
        factors: {},
        startedTreatment: true,
        sessionsAttended: 4,
      },
    ],
    scores: [],
    events: [],
  };
  const masked = behindLetters(
    dataset,
    new Map([
      ['active', 'B'],
      ['usual', 'A'],
    ]),
  );
  expect(masked.arms).toEqual([
    { id: 'A', label: 'A', reference: false },
    { id: 'B', label: 'B', reference: false },
  ]);
  expect(JSON.stringify(masked)).not.toMatch(/active|usual|sessions/i);
  expect(masked.participants[0]!.arm).toBe('B');
});
