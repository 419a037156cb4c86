import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Identity } from '../../../server/participants/identity.ts';
import { screenParticipant } from '../../../server/participants/screen.ts';
import { addStudy } from '../../../server/studies/add.ts';
import { currentStudy } from '../../../server/studies/store.ts';
import { studyOf } from './study.ts';
import { refusal, Trial } from './trial.ts';

let trial: Trial;
beforeEach(async () => {
  trial = await Trial.open(await studyOf());
});
afterEach(() => trial?.close());

async function screen(identity?: Identity, site = 's1', caller = trial.as('coordinator')) {
  const values = { sex: 'female', age: 30 };
  const input = { key: crypto.randomUUID(), site, screenedOn: '2026-11-23', values, identity };
  return (await screenParticipant(trial.services, await caller, input)).code;
}

const count = async () =>
  (await trial.services.db.read.selectFrom('participant').select('id').execute()).length;

test('the same identifier is never registered twice, however it is written, and the first is kept', async () => {
  const first = await screen({ identifier: '131052-308T' });
  for (const identifier of ['131052-308T', '131052–308t', ' 131052 308T ', '131052.308T']) {
    const { kind, detail } = await refusal(screen({ identifier, anotherPerson: true }, 's2'));
    expect([kind, detail.current]).toEqual(['conflict', { participant: first, certain: true }]);
  }
  expect(await count()).toBe(1);
  await screen({ identifier: '131052-308U' });
  expect(await count()).toBe(2);
});

test('the same initials and birth date ask whether it is another person', async () => {
  const first = await screen({ initials: 'A.B.', birthDate: '1980-02-29' });
  const { kind, detail } = await refusal(screen({ initials: 'ab', birthDate: '1980-02-29' }));
  expect([kind, detail.current]).toEqual(['conflict', { participant: first, certain: false }]);
  expect(await count()).toBe(1);
  const other = await screen({ initials: 'ab', birthDate: '1980-02-29', anotherPerson: true });
  expect(other).not.toBe(first);
  await screen({ initials: 'AB', birthDate: '1980-03-01' });
  await screen({ initials: 'AC', birthDate: '1980-02-29' });
  expect(await count()).toBe(4);
});

test('initials alone, a birth date alone and nothing at all find nobody', async () => {
  await screen({ initials: 'AB', birthDate: '1980-02-29' });
  for (const identity of [{ initials: 'AB' }, { birthDate: '1980-02-29' }, {}, undefined])
    await screen(identity);
  expect(await count()).toBe(5);
});

test('of two registrations of a person at the same moment one is made', async () => {
  const results = await Promise.allSettled(
    ['s1', 's2'].map((site) => screen({ identifier: '131052-308T' }, site)),
  );
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(await count()).toBe(1);
});

test('a person may be in two studies, and their digests have nothing in common', async () => {
  const study = await studyOf();
  await addStudy(trial.services, { ...study, document: { ...study.document, id: 'second', code: 'T-2' } });
  const caller = await trial.as('coordinator');
  const second = { ...caller, study: (await currentStudy(trial.services.db.read, 'second'))! };
  const identity = { identifier: '131052-308T', initials: 'AB', birthDate: '1952-10-13' };
  await screen(identity);
  await screen(identity, 's1', Promise.resolve(second));
  const digests = await trial.services.db.read.selectFrom('identity_digest').selectAll().execute();
  expect(digests).toHaveLength(4);
  expect(new Set(digests.map(({ digest }) => digest)).size).toBe(4);
});

test('what was typed is kept nowhere, and the digest needs the server’s key', async () => {
  await screen({ identifier: '131052-308T', initials: 'QXZ', birthDate: '1952-10-13' });
  const { createHash } = await import('node:crypto');
  const tables = ['participant', 'identity_digest', 'audit', 'idempotency'] as const;
  for (const table of tables) {
    const text = JSON.stringify(await trial.services.db.read.selectFrom(table).selectAll().execute());
    for (const typed of ['131052', '308T', 'QXZ', '1952-10-13']) expect(text).not.toContain(typed);
    for (const plain of ['131052308T', '131052-308T'])
      expect(text).not.toContain(createHash('sha256').update(plain).digest('hex'));
  }
});

test('an identifier of signs alone is no identifier', async () => {
  expect(await refusal(screen({ identifier: '----' }))).toMatchObject({ kind: 'not-valid' });
  await screen({ initials: '..', birthDate: '1980-02-29' });
  await screen({ initials: '- -', birthDate: '1980-02-29' });
  expect(await count()).toBe(2);
});
