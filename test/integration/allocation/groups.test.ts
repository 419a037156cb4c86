import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addGroup, addTherapist, joinTherapy, leaveTherapy } from '../../../server/groups/plan.ts';
import { listGroups } from '../../../server/groups/read.ts';
import type { RoleName } from '../../../server/studies/document.ts';
import { people, secretOf, studyOf } from './study.ts';
import { refusal, Trial } from './trial.ts';

let trial: Trial;
beforeEach(async () => {
  trial = await Trial.open(await studyOf({ blinded: ['assessor', 'data-manager'] }), secretOf(2));
});
afterEach(() => trial?.close());

const key = () => crypto.randomUUID();
async function group(arm: string, more: Partial<Parameters<typeof addGroup>[2]> = {}): Promise<string> {
  const input = {
    key: key(),
    site: 's1',
    arm,
    name: `${arm} 1`,
    therapist: null,
    startsOn: '2026-12-01',
    seats: 2,
  };
  return (await addGroup(trial.services, await trial.as('coordinator'), { ...input, ...more })).id;
}
async function therapist(name: string, site = 's1'): Promise<string> {
  return (await addTherapist(trial.services, await trial.as('coordinator'), { key: key(), site, name })).id;
}
async function join(code: string, to: { group?: string; therapist?: string }, from = '2026-12-01') {
  const input = { key: key(), group: null, therapist: null, from, ...to };
  return joinTherapy(trial.services, await trial.as('coordinator'), code, input);
}
const read = async (role: RoleName = 'coordinator', site?: string) =>
  listGroups(trial.services, await trial.as(role, site));

/** Randomised participants of site s1 in the arm. */
async function allocated(arm: string, count: number): Promise<string[]> {
  const found: string[] = [];
  while (found.length < count) {
    const [slip] = await trial.enrol([{ site: 's1' }]);
    if (slip!.arm.id === arm) found.push(slip!.participant);
  }
  return found;
}

describe('a seat in a group', () => {
  test('is given after allocation, to those of its arm, while there are seats', async () => {
    const id = await group('beta');
    const waiting = await trial.readyOne();
    expect(await refusal(join(waiting, { group: id }))).toMatchObject({ kind: 'conflict' });
    const [one, two, three] = await allocated('beta', 3);
    await join(one!, { group: id });
    await join(two!, { group: id });
    expect((await refusal(join(three!, { group: id }))).message).toContain('Every seat');
    const [other] = await allocated('alpha', 1);
    expect((await refusal(join(other!, { group: id }))).message).toContain('not allocated to the treatment');
    const { groups, waiting: queue, plan } = await read();
    expect(groups[0]!.members.map(({ participant }) => participant)).toEqual([one, two]);
    expect(queue.map(({ participant }) => participant)).toContain(three);
    expect(plan.find(({ site, arm }) => site === 's1' && arm === 'beta')).toMatchObject({
      free: 0,
      least: 2,
      most: 3,
    });
  });

  test('begins on the day of randomisation or later, and doesn’t end before it began', async () => {
    const id = await group('beta');
    const [code] = await allocated('beta', 1);
    expect(await refusal(join(code!, { group: id }, '2026-11-22'))).toMatchObject({ kind: 'not-valid' });
    await join(code!, { group: id }, '2026-11-24');
    const caller = await trial.as('coordinator');
    expect(await refusal(leaveTherapy(trial.services, caller, code!, '2026-11-23'))).toMatchObject({
      kind: 'not-valid',
    });
    expect(await refusal(join(code!, { group: id }, '2026-11-25'))).toMatchObject({ kind: 'conflict' });
    const later = await group('beta', { name: 'beta 2' });
    expect(await refusal(join(code!, { group: later }, '2026-11-23'))).toMatchObject({ kind: 'not-valid' });
    await join(code!, { group: later }, '2026-12-10');
    const members = (await read()).groups.flatMap((one) => one.members);
    expect(members.map(({ from, until }) => [from, until])).toEqual([
      ['2026-11-24', '2026-12-10'],
      ['2026-12-10', null],
    ]);
    expect(await leaveTherapy(trial.services, caller, code!, '2026-12-20')).toEqual({ ended: 1 });
    expect(await refusal(leaveTherapy(trial.services, caller, code!, '2026-12-21'))).toMatchObject({
      kind: 'conflict',
    });
  });

  test('is one for one key', async () => {
    const id = await group('beta');
    const [code] = await allocated('beta', 1);
    const caller = await trial.as('coordinator');
    const input = { key: key(), group: id, therapist: null, from: '2026-12-01' };
    const first = await joinTherapy(trial.services, caller, code!, input);
    expect(await joinTherapy(trial.services, caller, code!, input)).toEqual(first);
    expect((await read()).groups[0]!.members).toHaveLength(1);
  });
});

test('a therapist is kept beside the group, both as of their days', async () => {
  const [anna, bo] = [await therapist('Anna'), await therapist('Bo')];
  const id = await group('beta', { therapist: anna });
  const [code] = await allocated('beta', 1);
  await join(code!, { group: id });
  await join(code!, { therapist: anna });
  await join(code!, { therapist: bo }, '2026-12-15');
  const { therapists, groups } = await read();
  const member = (from: string, until: string | null) => ({ participant: code, from, until });
  expect(therapists.map(({ name, members }) => [name, members])).toEqual([
    ['Anna', [member('2026-12-01', '2026-12-15')]],
    ['Bo', [member('2026-12-15', null)]],
  ]);
  expect(groups[0]).toMatchObject({ therapist: 'Anna', members: [{ participant: code, until: null }] });
  const elsewhere = await therapist('Cia', 's2');
  expect(await refusal(join(code!, { therapist: elsewhere }))).toMatchObject({ kind: 'not-valid' });
});

test('what is planned has to fit the protocol and the caller’s sites', async () => {
  expect(await refusal(group('beta', { seats: 4 }))).toMatchObject({ kind: 'not-valid' });
  expect(await refusal(group('beta', { site: 's9' }))).toMatchObject({ kind: 'not-valid' });
  expect(await refusal(group('nobody'))).toMatchObject({ kind: 'not-valid' });
  await group('beta');
  expect(await refusal(group('beta'))).toMatchObject({ kind: 'conflict' });
  const elsewhere = await trial.as('coordinator', 's2');
  const input = { key: key(), site: 's1', name: 'Anna' };
  expect(await refusal(addTherapist(trial.services, elsewhere, input))).toMatchObject({
    kind: 'not-allowed',
  });
  expect((await read('coordinator', 's2')).groups).toEqual([]);
});

test('allocation never depends on groups, seats or who is in them', async () => {
  const without = await Trial.open(await studyOf({ blinded: ['assessor', 'data-manager'] }), secretOf(2));
  try {
    const id = await group('beta');
    const arms: string[][] = [];
    for (const one of [without, trial]) {
      const own: string[] = [];
      for (const person of people(12)) {
        const [slip] = await one.enrol([person]);
        own.push(slip!.arm.id);
        const fits = one === trial && slip!.arm.id === 'beta' && person.site === 's1';
        if (fits && (await read()).groups[0]!.members.length < 2)
          await join(slip!.participant, { group: id });
      }
      arms.push(own);
    }
    expect(arms[1]).toEqual(arms[0]);
    expect((await read()).groups[0]!.members.length).toBeGreaterThan(0);
  } finally {
    await without.close();
  }
});

test('the blinded get nothing of it: not the groups, not the trail, not the words of a refusal', async () => {
  const id = await group('beta');
  const [code] = await allocated('beta', 1);
  await join(code!, { group: id });
  const blinded = await trial.as('data-manager');
  const attempts = [
    () => listGroups(trial.services, blinded),
    () => addTherapist(trial.services, blinded, { key: key(), site: 's1', name: 'Anna' }),
    () =>
      joinTherapy(trial.services, blinded, code!, {
        key: key(),
        group: id,
        therapist: null,
        from: '2026-12-02',
      }),
    () => leaveTherapy(trial.services, blinded, code!, '2026-12-02'),
  ];
  for (const attempt of attempts) {
    const { kind, message } = await refusal(attempt());
    expect([kind, message]).toEqual(['not-allowed', expect.not.stringMatching(/alpha|beta|gamma/)]);
  }
  const { listAudit, participantHistory } = await import('../../../server/audit/list.ts');
  const trail = await listAudit(trial.services, blinded, { page: 1, size: 500 });
  expect(trail.rows.filter(({ action }) => action.startsWith('groups.'))).toEqual([]);
  const history = await participantHistory(trial.services, await trial.as('assessor'), code!);
  expect(history.entries.map(({ action }) => action)).toEqual(['randomisation.allocate']);
});
