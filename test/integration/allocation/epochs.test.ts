import { afterEach, expect, test } from 'vitest';
import { printEmergencyList } from '../../../server/randomisation/emergency.ts';
import { readDesign } from '../../../server/randomisation/readDesign.ts';
import { expectedCounts, restsOn } from './counts.ts';
import { armNames, blocks, byAge, minimisation, people, studyOf } from './study.ts';
import { refusal, Trial } from './trial.ts';
import { expectFits } from './verified.ts';

let trial: Trial;
afterEach(() => trial?.close());

const arms = (log: { entries: { arm?: string; index: number }[] }) => log.entries.map(({ arm }) => arm);

test('a changed ratio begins an epoch with a commitment of its own, and retires and logs open blocks', async () => {
  trial = await Trial.open(await studyOf({ rule: blocks(6) }));
  await trial.enrol(people(7));
  const first = (await trial.export()).epochs[0]!;
  const { epoch } = await trial.amend((document) => ({
    ...document,
    arms: document.arms.map((arm, k) => ({ ...arm, ratio: k === 0 ? 2 : 1 })),
    allocation: { ...document.allocation, rule: blocks(4) },
  }));
  expect(epoch?.number).toBe(2);
  expect(epoch?.retired).toBeGreaterThan(0);
  expect(epoch?.commitment).not.toBe(first.commitment);
  await trial.enrol(people(9));
  await trial.amend((document) => ({
    ...document,
    allocation: { ...document.allocation, rule: blocks(8) },
  }));
  await trial.enrol(people(5));
  const open = await trial.export();
  expectFits(open, 'chain, commitments and scores');
  // Each epoch says which blocks it left, and what was left in them adds up.
  expect(open.epochs[0]!.retired).toHaveLength(epoch!.retired);
  for (const { size, remaining } of open.epochs[0]!.retired!) {
    const left = Object.values(remaining).reduce((a, b) => a + b);
    expect(size).toBe(6);
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThan(6);
  }
  const used = open.entries.filter((entry) => entry.epoch === 1).length;
  const unused = open.epochs[0]!.retired!.flatMap(({ remaining }) => Object.values(remaining));
  expect((used + unused.reduce((a, b) => a + b)) % 6).toBe(0);
  expect(open.epochs[1]!.retired?.length).toBeGreaterThan(0);
  expect(open.epochs[2]!.retired).toBeUndefined();
  await trial.reveal();
  const revealed = await trial.export();
  expectFits(revealed, 'Chain, commitments, scores and draws');
  // A retired block that says something else is noticed.
  const altered = structuredClone(revealed);
  altered.epochs[1]!.retired!.pop();
  const { verify } = await import('../../../randomisation/verifier.mjs');
  expect(verify(altered).problems[0]?.text).toContain(
    'the blocks retired before it are not those that were open',
  );
});

test('an added arm begins an epoch in which nobody is counted from before', async () => {
  trial = await Trial.open(await studyOf({ rule: minimisation, ratio: [1, 1] }));
  await trial.enrol(people(8));
  await trial.amend((document) => ({
    ...document,
    arms: [...document.arms, { ...document.arms[1]!, id: 'gamma', short: 'gamma', name: 'Treatment gamma' }],
  }));
  const slips = await trial.enrol(people(12));
  expect(new Set(slips.map(({ arm }) => arm.id)).has('gamma')).toBe(true);
  await trial.reveal();
  expectFits(await trial.export(), 'Chain, commitments, scores and draws');
});

test('someone of an epoch that isn’t counted any more can be corrected, and allocation goes on', async () => {
  trial = await Trial.open(await studyOf({ rule: minimisation, ratio: [1, 1] }));
  const [one] = await trial.enrol(people(3));
  await trial.amend((document) => ({
    ...document,
    arms: document.arms.map((arm, k) => ({ ...arm, ratio: k + 1 })),
  }));
  await trial.enrol(people(2));
  await trial.correct(one!.participant, { sex: 'female', age: 44 });
  await trial.enrol(people(4));
  await trial.reveal();
  expectFits(await trial.export(), 'Chain, commitments, scores and draws');
});

test('counts go on where arms and ratio stay, and a correction across the epochs counts', async () => {
  trial = await Trial.open(await studyOf({ rule: minimisation }));
  const [one] = await trial.enrol(people(6));
  await trial.amend((document) => ({
    ...document,
    allocation: {
      ...document.allocation,
      rule: { ...minimisation, probability: '3/4' } as typeof minimisation,
    },
  }));
  await trial.correct(one!.participant, { sex: 'female', age: 20 });
  await trial.enrol(people(6));
  await trial.reveal();
  expectFits(await trial.export(), 'Chain, commitments, scores and draws');
});

test('a correction names the factors as they were logged, though the levels were cut anew since', async () => {
  trial = await Trial.open(await studyOf({ rule: minimisation, strata: [byAge(40)] }));
  const [one, two] = await trial.enrol(people(6));
  await trial.amend((document) => ({
    ...document,
    allocation: {
      ...document.allocation,
      strata: [byAge(30, 50), { id: 'sex', label: 'Sex', by: { field: 'sex' }, weight: 1 }],
    },
  }));
  await trial.enrol(people(3));
  await trial.correct(one!.participant, { sex: 'male', age: 61 });
  await trial.correct(two!.participant, { sex: 'male', age: 27 });
  await trial.enrol(people(4));
  await trial.reveal();
  const log = await trial.export();
  expectFits(log, 'Chain, commitments, scores and draws');
  const corrections = log.entries.filter(({ kind }) => kind === 'correction');
  expect(corrections.map(({ details }) => details?.before)).toEqual([
    { age: 'under-40' },
    { age: 'under-40' },
  ]);
  expect(corrections.map(({ details }) => details?.factors)).toEqual([
    { age: '50-and-over' },
    { age: 'under-40', sex: 'male' },
  ]);
});

test('an amendment that doesn’t touch the allocation begins no epoch, also once randomisation is closed', async () => {
  trial = await Trial.open(await studyOf());
  await trial.enrol(people(4));
  expect((await trial.amend((document) => ({ ...document, title: 'A better title' }))).epoch).toBeNull();
  await trial.enrol(people(4));
  await trial.reveal();
  expect((await trial.amend((document) => ({ ...document, title: 'The final title' }))).epoch).toBeNull();
  const { message } = await refusal(
    trial.amend((document) => ({ ...document, allocation: { ...document.allocation, rule: blocks(3) } })),
  );
  expect(message).toContain('closed');
  const log = await trial.export();
  expect(log.epochs).toHaveLength(1);
  expectFits(log, 'Chain, commitments, scores and draws');
});

test('a design that can’t be used is refused, and the study stays as it is', async () => {
  trial = await Trial.open(await studyOf());
  await trial.enrol(people(3));
  const { kind, message } = await refusal(
    trial.amend((document) => ({ ...document, allocation: { ...document.allocation, rule: blocks(4) } })),
  );
  expect([kind, message]).toEqual(['not-valid', expect.stringContaining('multiple of 3')]);
  expect((await trial.as('owner')).study.version).toBe(1);
  await trial.enrol(people(2));
});

test('a public value that is newly named begins an epoch too, since the seed depends on it', async () => {
  trial = await Trial.open(await studyOf());
  await trial.enrol(people(2));
  const { epoch } = await trial.amend((document) => ({
    ...document,
    allocation: { ...document.allocation, beacon: 'drand round 5000000' },
  }));
  expect(epoch?.number).toBe(2);
  const code = await trial.readyOne();
  expect((await refusal(trial.randomise(code))).message).toContain('drand round 5000000');
});

test('a request on an older protocol than the one in force draws nothing', async () => {
  trial = await Trial.open(await studyOf());
  const code = await trial.readyOne();
  const before = await trial.as('coordinator');
  await trial.amend((document) => ({
    ...document,
    allocation: { ...document.allocation, strata: [byAge(40)] },
  }));
  const { kind, message } = await refusal(trial.randomise(code, undefined, before));
  expect([kind, message]).toEqual(['conflict', expect.stringContaining('amended')]);
  expect(await trial.allocations()).toEqual([]);
  await trial.randomise(code);
});

test('who lacks an answer that a new factor needs isn’t ready, and is told which', async () => {
  trial = await Trial.open(await studyOf());
  const code = await trial.readyOne({ sex: 'female', age: 30 });
  await trial.amend((document) => ({
    ...document,
    screening: {
      ...document.screening,
      fields: [
        ...document.screening.fields,
        { id: 'weight', label: 'Weight', kind: 'number', min: 1, max: 300 },
      ],
    },
    allocation: {
      ...document.allocation,
      strata: [{ id: 'weight', label: 'Weight', by: { field: 'weight', cuts: [80] }, weight: 1 }],
    },
  }));
  expect((await refusal(trial.randomise(code))).message).toContain('Weight isn’t known');
  await trial.correct(code, { sex: 'female', age: 30, weight: 70 });
  await trial.randomise(code);
  expect(arms(await trial.export())).toHaveLength(1);
});

/** The documents of arms or sites, one of them closed. */
const closed = <T extends { id: string }>(all: readonly T[], id: string): T[] =>
  all.map((one) => (one.id === id ? { ...one, closed: true } : one));

test('a dropped arm gets nobody any more, and those who are in it stay', async () => {
  trial = await Trial.open(await studyOf({ rule: blocks(6) }));
  const before = await trial.enrol(people(10));
  const dropped = before.find(({ arm }) => arm.id === 'gamma')!;
  const { epoch } = await trial.amend((document) => ({ ...document, arms: closed(document.arms, 'gamma') }));
  expect(epoch?.number).toBe(2);
  const after = await trial.enrol(people(24));
  expect(new Set(after.map(({ arm }) => arm.id))).toEqual(new Set(['alpha', 'beta']));
  const { envelopes } = await printEmergencyList(trial.services, await trial.as('data-manager'), 60);
  expect(new Set(envelopes.map(({ arm }) => arm.id))).toEqual(new Set(['alpha', 'beta']));
  const statistician = await trial.as('statistician');
  expect((await readDesign(trial.services, statistician)).method).toContain('1:1, ');
  expect((await trial.slip(dropped.participant)).arm.id).toBe('gamma');
  await trial.reveal();
  expectFits(await trial.export(), 'Chain, commitments, scores and draws');
});

test('a closed site randomises nobody any more; the others go on with all that was counted', async () => {
  trial = await Trial.open(await studyOf({ rule: minimisation, sites: 3 }));
  const before = await trial.enrol(people(8));
  const [late] = await trial.ready([{ site: 's2' }]);
  const { epoch } = await trial.amend((document) => ({ ...document, sites: closed(document.sites, 's2') }));
  expect(epoch?.number).toBe(2);
  expect((await refusal(trial.randomise(late!))).message).toContain('Site 2 is closed');
  await trial.correct(before[1]!.participant, { sex: 'male', age: 44 });
  const [next] = await trial.enrol([{ site: 's3', values: { sex: 'male', age: 30 } }]);
  const log = await trial.export();
  const sexes = people(8).map(({ values }) => String(values.sex));
  sexes[1] = 'male';
  const others = before.map(({ arm }, i) => ({
    arm: arm.id,
    factors: { site: i % 2 ? 's2' : 's1', sex: sexes[i]! },
  }));
  const counts = expectedCounts(armNames.slice(0, 3), { site: 's3', sex: 'male' }, others);
  expect(restsOn(log.entries.find(({ participant }) => participant === next!.participant)!, counts)).toBe(
    true,
  );
  await trial.reveal();
  expectFits(await trial.export(), 'Chain, commitments, scores and draws');
});

test('where the site is no factor, closing one begins no epoch and randomises nobody there', async () => {
  trial = await Trial.open(await studyOf({ strata: [byAge(40)] }));
  const [late] = await trial.ready([{ site: 's2' }]);
  const { epoch } = await trial.amend((document) => ({ ...document, sites: closed(document.sites, 's2') }));
  expect(epoch).toBeNull();
  expect((await refusal(trial.randomise(late!))).message).toContain('Site 2 is closed');
  await trial.enrol([{ site: 's1' }]);
});

test('a site or an arm can’t vanish from the document, and one arm alone is no trial', async () => {
  trial = await Trial.open(await studyOf());
  const noSite = trial.amend((document) => ({ ...document, sites: document.sites.slice(1) }));
  expect((await refusal(noSite)).message).toContain('closed: true');
  const noArm = trial.amend((document) => ({ ...document, arms: document.arms.slice(0, 2) }));
  expect((await refusal(noArm)).message).toContain('closed: true');
  const alone = trial.amend((document) => ({
    ...document,
    arms: closed(closed(document.arms, 'beta'), 'gamma'),
  }));
  expect((await refusal(alone)).message).toContain('at least two arms');
});
