import { createHash, createHmac } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import { enterBeacon, revealSecret } from '../../../server/randomisation/close.ts';
import { enterEnvelope, printEmergencyList } from '../../../server/randomisation/emergency.ts';
import { readDesign } from '../../../server/randomisation/readDesign.ts';
import { blocks, people, secretOf, studyOf } from './study.ts';
import { refusal, Trial } from './trial.ts';
import { expectFits, verified } from './verified.ts';

let trial: Trial;
afterEach(() => trial?.close());

const beacon = async (value: string) => enterBeacon(trial.services, await trial.as('owner'), value);
const PULSE = '8f3a'.repeat(16);

describe('the reveal', () => {
  test('asks for the study’s id, is done once, and closes randomisation for good', async () => {
    trial = await Trial.open(await studyOf(), secretOf(5));
    await trial.enrol(people(4));
    const coordinator = await trial.as('coordinator');
    const owner = await trial.as('owner');
    const dataManager = await trial.as('data-manager');
    const [envelope] = (await printEmergencyList(trial.services, dataManager, 1)).envelopes;
    const wrong = revealSecret(trial.services, owner, { confirm: 'trail', reason: 'Recruitment is over' });
    expect(await refusal(wrong)).toMatchObject({ kind: 'not-valid' });
    const before = await trial.export();
    expect(before.epochs.map(({ secret }) => secret)).toEqual([null]);

    await trial.reveal();
    expect(await refusal(trial.reveal())).toMatchObject({ kind: 'conflict' });
    const [code] = await trial.ready([{}]);
    const envelopeInput = {
      key: crypto.randomUUID(),
      confirm: code!,
      code: envelope!.code,
      openedAt: '2026-11-23T09:00:00Z',
    };
    for (const attempt of [
      () => trial.randomise(code!),
      () => enterEnvelope(trial.services, coordinator, code!, envelopeInput),
      () => printEmergencyList(trial.services, dataManager, 5),
    ])
      expect((await refusal(attempt())).message).toContain('Nobody can be randomised any more');
    expect(await trial.allocations()).toHaveLength(4);

    const after = await trial.export();
    expect(after.epochs[0]!.secret).toBe(Buffer.from(secretOf(5)).toString('hex'));
    expect(after.entries.map(({ hash }) => hash)).toEqual(before.entries.map(({ hash }) => hash));
    const published = before.epochs[0]!.commitment;
    expect(verified(after, '--commitment', published, '--last', before.last!)).toMatchObject({ code: 0 });
    const [entry] = await trial.audit('randomisation.reveal-secret');
    expect(entry).toMatchObject({ reason: 'Recruitment is over', user_id: owner.user.id });
    expect((await readDesign(trial.services, owner)).revealedAt).toBe('2026-11-23T09:00:00.000Z');
  });

  test('gives a secret that fits what was published before the first participant, by SHA-256 alone', async () => {
    trial = await Trial.open(await studyOf());
    const { epochs } = await readDesign(trial.services, await trial.as('monitor'));
    await trial.reveal();
    const { secret, designHash } = (await trial.export()).epochs[0]!;
    // C = SHA-256("commit-v1" ‖ s ‖ designHash)
    const hash = createHash('sha256').update('commit-v1').update(secret!, 'hex').update(designHash, 'hex');
    expect(hash.digest('hex')).toBe(epochs[0]!.commitment);
    expect(epochs[0]!.designHash).toBe(designHash);
  });

  test('leaves retries of what was done before as they were', async () => {
    trial = await Trial.open(await studyOf());
    const code = await trial.readyOne();
    const key = crypto.randomUUID();
    const slip = await trial.randomise(code, key);
    await trial.reveal();
    expect(await trial.randomise(code, key)).toEqual(slip);
  });
});

describe('a public value that was named in advance', () => {
  test('is waited for, entered once, and goes into every draw', async () => {
    trial = await Trial.open(await studyOf({ rule: blocks(3), beacon: 'drand round 5000000' }), secretOf(9));
    const codes = await trial.ready(people(6));
    expect(await refusal(trial.randomise(codes[0]!))).toMatchObject({
      kind: 'conflict',
      message: expect.stringContaining('waits for the public value “drand round 5000000”'),
    });
    const list = printEmergencyList(trial.services, await trial.as('data-manager'), 3);
    expect((await refusal(list)).message).toContain('waits for the public value');
    expect(await trial.allocations()).toEqual([]);
    await beacon(PULSE);
    expect(await refusal(beacon('00'.repeat(32)))).toMatchObject({ kind: 'conflict' });
    for (const code of codes) await trial.randomise(code);
    const shown = (await readDesign(trial.services, await trial.as('owner'))).epochs[0]!.beacon;
    expect(shown).toEqual({ name: 'drand round 5000000', value: PULSE });
    await trial.reveal();
    const log = await trial.export();
    expectFits(log, 'Chain, commitments, scores and draws');
    // The seed is HMAC-SHA256(s, beacon ‖ designHash); the first entry's key comes from it and from its place alone.
    const seed = createHmac('sha256', secretOf(9))
      .update(PULSE, 'hex')
      .update(log.epochs[0]!.designHash, 'hex');
    const place = Buffer.from('00000000000000010000000000000001', 'hex');
    expect(log.entries[0]!.key).toBe(
      createHmac('sha256', seed.digest()).update('open-v1').update(place).digest('hex'),
    );
    const { beacon: _, ...without } = log.epochs[0]!;
    expect(verified({ ...log, epochs: [without] }).code).toBe(1);
  });

  test('can’t be entered where none is named', async () => {
    trial = await Trial.open(await studyOf());
    expect(await refusal(beacon(PULSE))).toMatchObject({ kind: 'conflict' });
  });
});
