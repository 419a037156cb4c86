import { afterEach, expect, test } from 'vitest';
import { readDesign } from '../../../server/randomisation/readDesign.ts';
import type { RoleName } from '../../../server/studies/document.ts';
import { type Rule, studyOf } from './study.ts';
import { refusal, Trial } from './trial.ts';
import { expectFits, verified } from './verified.ts';

let trial: Trial;
afterEach(() => trial?.close());

const order = ['beta', 'alpha', 'alpha', 'gamma', 'beta'];
const bySex = [{ id: 'sex', label: 'Sex', by: { field: 'sex' }, weight: 1 }];
const rule: Rule = {
  method: 'list',
  entries: ['female', 'male'].flatMap((sex) => order.map((arm) => ({ stratum: { sex }, arm }))),
};
const woman = { values: { sex: 'female', age: 30 } };
const man = { values: { sex: 'male', age: 30 } };

const listUseFor = async (role: RoleName) =>
  (await readDesign(trial.services, await trial.as(role))).listUse?.map(
    ({ stratum, used, lines, level }) => `${stratum} ${used}/${lines} ${level}`,
  );

test('a list is followed line by line, warns from 80 % on, and allocates nobody once it is used up', async () => {
  trial = await Trial.open(await studyOf({ rule, strata: bySex, blinded: ['coordinator', 'monitor'] }));
  const codes = await trial.ready([woman, woman, woman, woman, woman, woman, man]);
  const uses = [await listUseFor('statistician')];
  for (const code of codes.slice(0, 5)) {
    await trial.randomise(code);
    uses.push(await listUseFor('statistician'));
  }
  expect(uses.map((use) => use![0])).toEqual([
    'sex=female 0/5 enough',
    'sex=female 1/5 enough',
    'sex=female 2/5 enough',
    'sex=female 3/5 enough',
    'sex=female 4/5 alert',
    'sex=female 5/5 exhausted',
  ]);
  expect((await trial.allocations()).map(({ arm }) => arm)).toEqual(order);

  const { kind, message } = await refusal(trial.randomise(codes[5]!));
  expect([kind, message]).toEqual([
    'conflict',
    'The allocation procedure can’t give a next allocation. Nothing was drawn; tell the trial’s statistician.',
  ]);
  expect((await trial.person(codes[5]!)).status).toBe('consented');
  expect(await trial.randomise(codes[6]!)).toMatchObject({ masked: true, number: 6 });
  expect(await listUseFor('statistician')).toEqual(['sex=female 5/5 exhausted', 'sex=male 1/5 enough']);
  expect(await listUseFor('monitor')).toBeUndefined();
});

test('looks at the list and allocations at the same moment don’t disturb each other', async () => {
  trial = await Trial.open(await studyOf({ rule, strata: bySex }));
  const codes = await trial.ready([woman, man, woman, man, woman, man, woman, man]);
  await Promise.all(
    codes.flatMap((code) => [trial.randomise(code), listUseFor('statistician'), listUseFor('owner')]),
  );
  expect(await listUseFor('owner')).toEqual(['sex=female 4/5 alert', 'sex=male 4/5 alert']);
  const rows = await trial.allocations();
  for (const sex of ['female', 'male'])
    expect(rows.filter(({ stratum }) => stratum === `sex=${sex}`).map(({ arm }) => arm)).toEqual(
      order.slice(0, 4),
    );
});

test('the lines that are left are in no export before the reveal, and all of them after it', async () => {
  trial = await Trial.open(await studyOf({ rule, strata: bySex }));
  await trial.enrol([woman, man, woman]);
  const open = await trial.export();
  expect(open.epochs[0]).toMatchObject({ withheld: true, design: { scheme: { entries: [] } } });
  expect(verified(open)).toMatchObject({ code: 0, text: expect.stringContaining('The list is withheld') });
  const shown = await readDesign(trial.services, await trial.as('statistician'));
  expect(shown.simulation).toBeNull();
  await trial.reveal();
  expectFits(await trial.export(), 'Chain, commitments, scores and draws');
});

test('a correction of the stratum leaves the used lines as they are', async () => {
  trial = await Trial.open(await studyOf({ rule, strata: bySex }));
  const [slip] = await trial.enrol([woman]);
  await trial.correct(slip!.participant, { sex: 'male', age: 30 });
  expect(await listUseFor('owner')).toEqual(['sex=female 1/5 enough', 'sex=male 0/5 enough']);
  expect((await trial.enrol([man, woman])).map(({ arm }) => arm.id)).toEqual(['beta', 'alpha']);
});
