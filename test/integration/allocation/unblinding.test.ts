import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Caller } from '../../../server/services.ts';
import { listUnblindings, openUnblinding, requestUnblinding } from '../../../server/unblinding/unblind.ts';
import { mailbox } from '../../setup/mailbox.ts';
import { people, studyOf } from './study.ts';
import { refusal, Trial } from './trial.ts';

const REASON = 'Severe reaction; the ward has to know';

let trial: Trial;
let investigator: Caller;
let codes: string[];
beforeEach(async () => {
  const blinded = ['coordinator', 'assessor', 'investigator', 'monitor', 'data-manager'] as const;
  trial = await Trial.open(await studyOf({ blinded: [...blinded] }));
  investigator = await trial.as('investigator');
  codes = await trial.ready(people(6));
  for (const code of codes) await trial.randomise(code);
});
afterEach(() => trial?.close());

const ask = (code = codes[2]!, caller = investigator) =>
  requestUnblinding(trial.services, caller, code, { confirm: code, reason: REASON });
const open = (id: string, caller = investigator) => openUnblinding(trial.services, caller, id);
const openings = () => trial.services.db.read.selectFrom('unblinding_opened').selectAll().execute();

describe('an emergency unblinding', () => {
  test('is asked for with a reason, then opened: the arm of this participant and nothing else', async () => {
    const { id, expiresAt } = await ask();
    expect(expiresAt).toBe('2026-11-23T09:10:00.000Z');
    const rows = await trial.allocations();
    const opened = await open(id);
    const arm = rows[2]!.arm;
    expect(opened).toEqual({
      participant: codes[2],
      arm: { id: arm, short: arm, name: `Treatment ${arm}` },
      openedAt: '2026-11-23T09:00:00.000Z',
    });
  });

  test('shows nothing with the first step, and needs the participant ID typed again', async () => {
    expect(JSON.stringify(await ask())).not.toMatch(/alpha|beta|gamma/);
    const input = { confirm: codes[3]!, reason: REASON };
    const mistyped = requestUnblinding(trial.services, investigator, codes[2]!, input);
    expect(await refusal(mistyped)).toMatchObject({ kind: 'not-valid' });
  });

  test('is opened by the person who asked, once, and within ten minutes', async () => {
    const { id } = await ask();
    const other = await trial.another('investigator');
    expect(await refusal(open(id, other))).toMatchObject({ kind: 'not-allowed' });
    expect(await openings()).toEqual([]);
    await open(id);
    expect(await refusal(open(id))).toMatchObject({ kind: 'conflict' });

    const late = await ask();
    trial.clock.now = new Date('2026-11-23T09:10:00.001Z');
    expect((await refusal(open(late.id))).message).toContain('older than ten minutes');
    expect(await openings()).toHaveLength(1);
    trial.clock.now = new Date('2026-11-23T09:00:00.000Z');
    const inTime = await ask();
    trial.clock.now = new Date('2026-11-23T09:10:00.000Z');
    await open(inTime.id);
    expect(await openings()).toHaveLength(2);
  });

  test('is opened once, though it be asked for ten times at the same moment', async () => {
    const { id } = await ask();
    const results = await Promise.allSettled(Array.from({ length: 10 }, () => open(id)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await trial.audit('unblinding.open')).toHaveLength(1);
  });

  test('is for a participant who is randomised, at a site of the caller', async () => {
    const code = await trial.readyOne();
    expect(await refusal(ask(code))).toMatchObject({ kind: 'conflict' });
    const elsewhere = await trial.as('investigator', 's2');
    expect(await refusal(ask(codes[0], elsewhere))).toMatchObject({ kind: 'not-found' });
    const { id } = await ask(codes[0]);
    expect(await refusal(open(id, elsewhere))).toMatchObject({ kind: 'not-found' });
    expect(await refusal(open('no-such-request'))).toMatchObject({ kind: 'not-found' });
  });

  test('stands in the audit trail with both steps and the reason, and changes nothing else', async () => {
    const person = await trial.person(codes[2]!);
    const { id } = await ask();
    await open(id);
    for (const action of ['unblinding.request', 'unblinding.open']) {
      const [entry] = await trial.audit(action);
      expect(entry).toMatchObject({
        reason: REASON,
        subject: `participant:${codes[2]}`,
        user_id: investigator.user.id,
      });
      expect(JSON.stringify(entry)).not.toMatch(/alpha|beta|gamma/);
    }
    expect(await trial.person(codes[2]!)).toEqual(person);
  });
});

test('mail tells the site’s people that there was one, and neither the arm nor the reason', async () => {
  const mail = await mailbox();
  const { config } = trial.services;
  config.mail = { smtpUrl: mail.url, from: 'Equipoise <trials@example.org>' };
  try {
    const monitor = await trial.as('monitor');
    const { id } = await ask();
    await open(id);
    const { email } = monitor.user;
    await expect.poll(() => mail.received.filter(({ to }) => to.includes(email)).length).toBe(1);
    for (const { text } of mail.received) {
      expect(text).toContain(codes[2]);
      expect(text).toMatch(/was unblinded/);
      expect(text).not.toMatch(/alpha|beta|gamma|Severe reaction/i);
    }
  } finally {
    config.mail = null;
    await mail.close();
  }
});

describe('the list of unblindings', () => {
  test('tells who, when and why, newest first, and no arm', async () => {
    const first = await ask(codes[0]);
    await open(first.id);
    trial.clock.now = new Date('2026-11-23T09:05:00.000Z');
    const second = await ask(codes[1]);
    const { rows } = await listUnblindings(trial.services, await trial.as('monitor'));
    expect(rows.map(({ id, participant, openedAt }) => [id, participant, openedAt])).toEqual([
      [second.id, codes[1], null],
      [first.id, codes[0], '2026-11-23T09:00:00.000Z'],
    ]);
    expect(rows[0]).toMatchObject({ reason: REASON, requestedBy: 'Test investigator', site: 's2' });
    expect(JSON.stringify(rows)).not.toMatch(/alpha|beta|gamma/);
  });

  test('shows a site’s people their own', async () => {
    await ask(codes[0]);
    await ask(codes[1]);
    const { rows } = await listUnblindings(trial.services, await trial.as('monitor', 's2'));
    expect(rows.map(({ participant }) => participant)).toEqual([codes[1]]);
  });
});
