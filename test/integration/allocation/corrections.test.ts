import { afterEach, describe, expect, test } from 'vitest';
import { correctScreening } from '../../../server/randomisation/correct.ts';
import { currentDesign } from '../../../server/randomisation/designs/store.ts';
import { replayed, stateOf } from '../../../server/randomisation/follow.ts';
import { expectedCounts, restsOn } from './counts.ts';
import { armNames, blocks, minimisation, people, secretOf, studyOf } from './study.ts';
import { refusal, Trial } from './trial.ts';
import { expectFits } from './verified.ts';

const trials: Trial[] = [];
afterEach(() => Promise.all(trials.splice(0).map((trial) => trial.close())));
async function open(...input: Parameters<typeof Trial.open>): Promise<Trial> {
  const trial = await Trial.open(...input);
  trials.push(trial);
  return trial;
}

const woman = { values: { sex: 'female', age: 30 } };

describe('a wrong stratum that is corrected', () => {
  test('leaves the allocation and its place in the block as they are', async () => {
    const study = await studyOf({ rule: blocks(3, 6) });
    const [left, corrected] = [await open(study, secretOf(1)), await open(study, secretOf(1))];
    const arms = [];
    for (const trial of [left, corrected]) {
      const [first] = await trial.enrol([woman, woman]);
      const before = await trial.allocations();
      if (trial === corrected) await trial.correct(first!.participant, { sex: 'male', age: 30 });
      expect(await trial.allocations()).toEqual(before);
      const later = await trial.enrol([
        woman,
        { values: { sex: 'male', age: 30 } },
        woman,
        woman,
        woman,
        woman,
      ]);
      arms.push(later.map(({ arm }) => arm.id));
      await trial.reveal();
      expectFits(await trial.export(), 'Chain, commitments, scores and draws');
    }
    expect(arms[0]).toEqual(arms[1]);
  });

  test('counts at its true level in every later minimisation', async () => {
    const trial = await open(await studyOf({ rule: minimisation }));
    const enrolled = await trial.enrol(people(7));
    const factors = people(8).map(({ site, values }) => ({ site, sex: String(values.sex) }));
    await trial.correct(enrolled[1]!.participant, { sex: 'male', age: 20 });
    factors[1]!.sex = 'male';
    await trial.correct(enrolled[4]!.participant, { sex: 'male', age: 20 });
    await trial.correct(enrolled[4]!.participant, { sex: 'female', age: 21 });
    await trial.enrol(people(8).slice(7));
    await trial.reveal();
    const log = await trial.export();
    expect(log.entries.map(({ kind, index }) => `${kind[0]}${index}`).join(' ')).toBe(
      'a1 a2 a3 a4 a5 a6 a7 c1 c2 c3 a8',
    );
    const others = enrolled.map(({ arm }, i) => ({ arm: arm.id, factors: factors[i]! }));
    const truth = expectedCounts(armNames.slice(0, 3), factors[7]!, others);
    expect(restsOn(log.entries.at(-1)!, truth)).toBe(true);
    const believed = others.map((one, i) =>
      i === 1 ? { ...one, factors: { ...one.factors, sex: 'female' } } : one,
    );
    expect(restsOn(log.entries.at(-1)!, expectedCounts(armNames.slice(0, 3), factors[7]!, believed))).toBe(
      false,
    );
    expectFits(log, 'Chain, commitments, scores and draws');
  });

  test('moves the pseudo-arm that the participant counts in', async () => {
    const rule = { ...minimisation, unequal: 'pseudo-arms' } as typeof minimisation;
    const trial = await open(await studyOf({ rule, ratio: [3, 2] }));
    const slips = await trial.enrol(people(12));
    for (const { participant } of slips.slice(0, 8))
      await trial.correct(participant, { sex: 'male', age: 50 });
    await trial.enrol(people(6));
    for (const { participant } of slips.slice(2, 5))
      await trial.correct(participant, { sex: 'female', age: 50 });
    await trial.enrol(people(3));
    await trial.reveal();
    expectFits(await trial.export(), 'Chain, commitments, scores and draws');
  });

  test('is on record with its reason, before and after, and no arm', async () => {
    const trial = await open(await studyOf({ rule: minimisation }));
    const [slip] = await trial.enrol([woman]);
    await trial.correct(slip!.participant, { sex: 'male', age: 30 });
    const [entry] = await trial.audit('participants.correct');
    expect(entry).toMatchObject({ reason: 'Entered wrongly', subject: `participant:${slip!.participant}` });
    expect(JSON.parse(entry!.before!)).toEqual({ sex: 'female', age: 30 });
    const { logHash, ...after } = JSON.parse(entry!.after!);
    expect(after).toEqual({ sex: 'male', age: 30 });
    const log = await trial.export();
    expect(logHash).toBe(log.entries[1]!.hash);
    expect(log.entries[1]!.details).toMatchObject({
      corrects: 1,
      before: { sex: 'female' },
      factors: { sex: 'male' },
    });
    expect(JSON.stringify(entry)).not.toContain(slip!.arm.id);
    expectFits(log, 'chain, commitments and scores');
  });
});

test('an answer that no factor rests on is corrected without an entry in the log', async () => {
  const trial = await open(await studyOf());
  const [slip] = await trial.enrol([woman]);
  await trial.correct(slip!.participant, { sex: 'female', age: 31 });
  expect((await trial.export()).entries).toHaveLength(1);
  expect(JSON.parse((await trial.person(slip!.participant)).screening)).toEqual({ sex: 'female', age: 31 });
});

test('a correction that corrects nothing writes nothing', async () => {
  const trial = await open(await studyOf());
  const [slip] = await trial.enrol([woman]);
  const { version } = await trial.person(slip!.participant);
  expect(await trial.correct(slip!.participant, { age: 30, sex: 'female' })).toEqual({ version });
  expect(await trial.audit('participants.correct')).toEqual([]);
});

test('before randomisation the next draw uses the true level, and the log knows of nothing else', async () => {
  const trial = await open(await studyOf());
  const code = await trial.readyOne({ sex: 'female', age: 30 });
  await trial.correct(code, { sex: 'male', age: 30 });
  await trial.randomise(code);
  const { entries } = await trial.export();
  expect(entries.map(({ details }) => details?.factors)).toEqual([{ site: 's1', sex: 'male' }]);
});

test('after the reveal the answers are put right and the published log stays as it is', async () => {
  const trial = await open(await studyOf({ rule: minimisation }));
  const [slip] = await trial.enrol([woman]);
  await trial.reveal();
  const { last } = await trial.export();
  await trial.correct(slip!.participant, { sex: 'male', age: 30 });
  expect(JSON.parse((await trial.person(slip!.participant)).screening)).toEqual({ sex: 'male', age: 30 });
  expect((await trial.export()).last).toBe(last);
});

test('a correction on an old state, or to an answer that isn’t one, is refused', async () => {
  const trial = await open(await studyOf());
  const [slip] = await trial.enrol([woman]);
  const code = slip!.participant;
  await trial.correct(code, { sex: 'male', age: 30 });
  const stale = { version: 1, values: { sex: 'female', age: 30 }, reason: 'Entered wrongly' };
  const caller = await trial.as('data-manager');
  expect(await refusal(correctScreening(trial.services, caller, code, stale))).toMatchObject({
    kind: 'conflict',
  });
  expect(await refusal(trial.correct(code, { sex: 'other', age: 30 }))).toMatchObject({ kind: 'not-valid' });
  const elsewhere = await trial.as('data-manager', 's2');
  expect(await refusal(trial.correct(code, { sex: 'female', age: 30 }, elsewhere))).toMatchObject({
    kind: 'not-found',
  });
  expect((await trial.export()).entries).toHaveLength(2);
});

test('two corrections at once: one is saved, the other is told of it', async () => {
  const trial = await open(await studyOf({ rule: minimisation }));
  const [slip] = await trial.enrol([woman]);
  const caller = await trial.as('data-manager');
  const { version } = await trial.person(slip!.participant);
  const results = await Promise.allSettled(
    [31, 32].map((age) => {
      const input = { version, values: { sex: 'male', age }, reason: 'Entered wrongly' };
      return correctScreening(trial.services, caller, slip!.participant, input);
    }),
  );
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expectFits(await trial.export(), 'chain, commitments and scores');
});

test('the state that is kept is the one that the whole log leads to, after each entry', async () => {
  const trial = await open(await studyOf({ rule: minimisation }));
  const codes = await trial.ready(people(6));
  const compare = () =>
    trial.services.db.write(async (tx) => {
      const inForce = (await currentDesign(tx, trial.id))!;
      const [kept, anew] = [await stateOf(tx, inForce), await replayed(tx, inForce)];
      expect(kept.state).toEqual(anew.state);
      expect(kept.tail(inForce)).toEqual(anew.tail(inForce));
    });
  for (const [i, code] of codes.entries()) {
    await trial.randomise(code);
    await compare();
    await trial.correct(code, { sex: i % 2 === 0 ? 'female' : 'male', age: 25 });
    await compare();
  }
});
