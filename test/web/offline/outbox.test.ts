import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { FormView } from '../../../server/forms/contract.ts';
import type { SaveFailure, SaveRequest } from '../../../web/forms/saving.ts';
import { openKept } from '../../../web/offline/database.ts';
import type { Draft, FormPlace } from '../../../web/offline/kept.ts';
import { openOutbox } from '../../../web/offline/outbox.ts';
import { createSender } from '../../../web/offline/sender.ts';

const blank = { assessedOn: null, lateReason: null, values: {} };
const draft = (value: number, over: Partial<Draft> = {}): Draft => ({
  version: 0,
  base: blank,
  work: { ...blank, values: { mood: { value } } },
  correction: false,
  intent: null,
  unanswered: [],
  trouble: null,
  ...over,
});
const place = (
  participant: string,
  instrument = 'hamd17',
  entry: FormPlace['entry'] = 'first',
): FormPlace => ({
  study: 'trial',
  participant,
  visit: 'm3',
  instrument,
  entry,
});

let name = '';
let clock = 0;
beforeEach(() => {
  name = `kept-${crypto.randomUUID()}`;
  clock = 0;
});

/** One page of one person: everything that a reload throws away. */
async function page(user: string) {
  const database = await openKept(name);
  return openOutbox({
    database,
    user,
    now: () => new Date(Date.UTC(2026, 10, 24, 14, 0, clock++)).toISOString(),
    newStamp: () => crypto.randomUUID(),
    onWrite: () => undefined,
  });
}

describe('what is kept on the device', () => {
  it('is there after a reload, first kept first, with the latest of each form', async () => {
    const before = await page('anna');
    before.write(place('LOH-0002'), draft(1));
    before.write(place('LOH-0001'), draft(2));
    before.write(place('LOH-0002'), draft(3));
    await before.settled();
    const after = await page('anna');
    expect(after.list().map(({ participant, work }) => [participant, work.values])).toEqual([
      ['LOH-0002', { mood: { value: 3 } }],
      ['LOH-0001', { mood: { value: 2 } }],
    ]);
  });

  it('is shown to nobody else on the device, and waits for its person', async () => {
    const anna = await page('anna');
    anna.write(place('LOH-0001'), draft(1));
    await anna.settled();
    const bertil = await page('bertil');
    expect(bertil.list()).toEqual([]);
    expect(bertil.read(place('LOH-0001'))).toBeNull();
    bertil.write(place('LOH-0001'), draft(4));
    await bertil.settled();
    expect((await page('anna')).read(place('LOH-0001'))?.work.values).toEqual({ mood: { value: 1 } });
  });

  it('keeps the first and the second entry of a form apart', async () => {
    const outbox = await page('anna');
    outbox.write(place('LOH-0001'), draft(1));
    outbox.write(place('LOH-0001', 'hamd17', 'second'), draft(2));
    outbox.remove(place('LOH-0001'), outbox.read(place('LOH-0001'))!.stamp);
    await outbox.settled();
    const after = await page('anna');
    expect(after.list().map(({ entry, work }) => [entry, work.values])).toEqual([
      ['second', { mood: { value: 2 } }],
    ]);
  });

  it('takes over what an earlier version kept, as first entries', async () => {
    const before = await openDB(name, 1, {
      upgrade(opened) {
        const keyPath = ['user', 'study', 'participant', 'visit', 'instrument'];
        opened.createObjectStore('work', { keyPath }).createIndex('user', 'user');
      },
    });
    const { entry: _, ...old } = place('LOH-0001');
    await before.put('work', { ...old, ...draft(3), user: 'anna', since: '2026-11-24', stamp: 'a' });
    before.close();
    const outbox = await page('anna');
    expect(outbox.read(place('LOH-0001'))?.work.values).toEqual({ mood: { value: 3 } });
    outbox.remove(place('LOH-0001'), 'a');
    await outbox.settled();
    expect((await page('anna')).list()).toEqual([]);
  });

  it('keeps a newer state when an older one is confirmed', async () => {
    const outbox = await page('anna');
    outbox.write(place('LOH-0001'), draft(1));
    const { stamp } = outbox.read(place('LOH-0001'))!;
    outbox.write(place('LOH-0001'), draft(2));
    outbox.remove(place('LOH-0001'), stamp);
    await outbox.settled();
    expect((await page('anna')).read(place('LOH-0001'))?.work.values).toEqual({ mood: { value: 2 } });
  });

  it('keeps what is written while another window’s writes are read', async () => {
    const outbox = await page('anna');
    outbox.write(place('LOH-0001'), draft(1));
    await outbox.settled();
    const reading = outbox.reload();
    outbox.write(place('LOH-0001'), draft(2));
    await reading;
    expect(outbox.read(place('LOH-0001'))?.work.values).toEqual({ mood: { value: 2 } });
    outbox.remove(place('LOH-0001'), outbox.read(place('LOH-0001'))!.stamp);
    expect(outbox.list()).toEqual([]);
  });

  it('says when the device does not keep it', async () => {
    const database = await openKept(name);
    const outbox = await openOutbox({
      database: { ...database, put: () => Promise.reject(new Error('QuotaExceededError')) },
      user: 'anna',
      now: () => '2026-11-24T14:00:00.000Z',
      newStamp: () => crypto.randomUUID(),
      onWrite: () => undefined,
    });
    expect(outbox.durable()).toBe(true);
    outbox.write(place('LOH-0001'), draft(1));
    await outbox.settled();
    expect(outbox.durable()).toBe(false);
    expect(outbox.read(place('LOH-0001'))?.work.values).toEqual({ mood: { value: 1 } });
  });
});

class Failure extends Error {
  constructor(readonly why: SaveFailure) {
    super(why.kind);
  }
}

/** A server of forms by participant that guards versions, can be cut off, lose its answers and refuse. */
async function world() {
  const outbox = await page('anna');
  const forms = new Map<string, { version: number; values: FormView['values']; status: string }>();
  const server = { down: false, loseAnswers: false, refuses: '', sent: [] as [string, SaveRequest][], forms };
  const open = new Set<string>();
  const timers: (() => void)[] = [];
  const confirmed: true[] = [];
  const view = (participant: string) =>
    ({
      assessedOn: null,
      lateReason: null,
      ...(forms.get(participant) ?? { version: 0, values: {}, status: 'not-started' }),
    }) as FormView;
  const sender = createSender({
    outbox,
    async send({ participant }, request) {
      if (server.down) throw new Failure({ kind: 'unreachable' });
      server.sent.push([participant, request]);
      if (server.refuses === participant)
        throw new Failure({ kind: 'refused', message: 'The database is locked.', issues: ['locked'] });
      if (request.version !== view(participant).version)
        throw new Failure({ kind: 'conflict', current: view(participant) });
      forms.set(participant, {
        version: request.version + 1,
        values: request.values,
        status: request.complete ? 'complete' : 'started',
      });
      if (server.loseAnswers) throw new Failure({ kind: 'unreachable' });
      return view(participant);
    },
    explain: (error) => (error as Failure).why,
    later(act) {
      timers.push(act);
      return () => undefined;
    },
    async unlessOpen({ participant }, act) {
      if (open.has(participant)) return false;
      await act();
      return true;
    },
    alone: (act) => act(),
    onConfirmed: () => confirmed.push(true),
  });
  return { outbox, server, sender, open, timers, confirmed };
}

describe('sending what was kept', () => {
  it('sends in order, on its base version, and then keeps nothing', async () => {
    const { outbox, server, sender } = await world();
    for (const [at, participant] of ['C', 'A', 'B'].entries()) outbox.write(place(participant), draft(at));
    await sender.send();
    expect(server.sent.map(([participant, { version }]) => [participant, version])).toEqual([
      ['C', 0],
      ['A', 0],
      ['B', 0],
    ]);
    await outbox.settled();
    expect((await page('anna')).list()).toEqual([]);
  });

  it('waits while there is no answer, tries again and loses nothing', async () => {
    const { outbox, server, sender, timers } = await world();
    outbox.write(place('A'), draft(1));
    outbox.write(place('B'), draft(2));
    server.down = true;
    await sender.send();
    expect(outbox.list()).toHaveLength(2);
    expect(timers).toHaveLength(1);
    server.down = false;
    timers[0]!();
    await vi.waitFor(() => expect(outbox.list()).toHaveLength(0));
    expect(server.forms.get('B')?.values).toEqual({ mood: { value: 2 } });
  });

  it('shows a refusal, keeps the work, goes on with the next form, and tries again when asked', async () => {
    const { outbox, server, sender } = await world();
    outbox.write(place('A'), draft(1));
    outbox.write(place('B'), draft(2));
    server.refuses = 'A';
    await sender.send();
    await sender.send();
    expect(outbox.list()).toMatchObject([
      {
        participant: 'A',
        trouble: { message: 'The database is locked.' },
        work: { values: { mood: { value: 1 } } },
      },
    ]);
    expect(server.sent.map(([participant]) => participant)).toEqual(['A', 'B']);
    server.refuses = '';
    await sender.retry(place('A'));
    expect(server.forms.get('A')?.values).toEqual({ mood: { value: 1 } });
  });

  it('leaves a conflict to the person and overwrites nothing', async () => {
    const { outbox, server, sender } = await world();
    server.forms.set('A', { version: 1, values: { mood: { value: 4 } }, status: 'started' });
    outbox.write(place('A'), draft(1));
    await sender.send();
    expect(outbox.list()).toMatchObject([{ trouble: { kind: 'conflict' } }]);
    expect(server.forms.get('A')?.values).toEqual({ mood: { value: 4 } });
  });

  it('takes its own save, whose answer was lost, for no conflict', async () => {
    const { outbox, server, sender } = await world();
    outbox.write(place('A'), draft(1));
    server.loseAnswers = true;
    await sender.send();
    expect(server.forms.get('A')?.version).toBe(1);
    // More is typed before the server can be reached again.
    const kept = outbox.read(place('A'))!;
    outbox.write(place('A'), {
      ...kept,
      work: { ...blank, values: { mood: { value: 1 }, guilt: { value: 2 } } },
    });
    server.loseAnswers = false;
    await sender.send();
    expect(server.forms.get('A')).toMatchObject({
      version: 2,
      values: { mood: { value: 1 }, guilt: { value: 2 } },
    });
    expect(outbox.list()).toEqual([]);
  });

  it('knows its own save again after the page went away before the answer, and says that it is saved', async () => {
    const { outbox, server, sender, confirmed } = await world();
    outbox.write(place('A'), draft(1));
    server.loseAnswers = true;
    await sender.send();
    server.loseAnswers = false;
    await sender.send();
    expect(outbox.list()).toEqual([]);
    expect(server.forms.get('A')?.version).toBe(1);
    expect(confirmed).toEqual([true]);
  });

  it('knows any of its own saves again, when more was typed after each of them', async () => {
    const { outbox, server, sender } = await world();
    const typed = (...values: number[]) => ({
      ...blank,
      values: Object.fromEntries(values.map((value, at) => [`item${at}`, { value }])),
    });
    outbox.write(place('A'), draft(0, { work: typed(1) }));
    server.loseAnswers = true;
    await sender.send();
    // The server has the first; the answers to what follows are lost before and after it.
    server.loseAnswers = false;
    server.down = true;
    outbox.write(place('A'), { ...outbox.read(place('A'))!, work: typed(1, 2) });
    await sender.send();
    outbox.write(place('A'), { ...outbox.read(place('A'))!, work: typed(1, 2, 3) });
    await sender.send();
    server.down = false;
    await sender.send();
    expect(outbox.list()).toEqual([]);
    expect(server.forms.get('A')).toMatchObject({ version: 2, values: typed(1, 2, 3).values });
  });

  it('leaves a form that is open to its page, and a correction without a reason to its person', async () => {
    const { outbox, server, sender, open } = await world();
    open.add('A');
    outbox.write(place('A'), draft(1));
    outbox.write(place('B'), draft(1, { correction: true }));
    outbox.write(place('C'), draft(1, { correction: true, intent: { complete: true, reason: 'Misread' } }));
    await sender.send();
    expect(server.sent).toMatchObject([['C', { complete: true, reason: 'Misread' }]]);
    expect(outbox.list().map(({ participant }) => participant)).toEqual(['A', 'B']);
  });

  it('marks complete what was marked complete while there was no server', async () => {
    const { outbox, server, sender } = await world();
    outbox.write(place('A'), draft(1, { intent: { complete: true } }));
    await sender.send();
    expect(server.forms.get('A')?.status).toBe('complete');
  });
});
