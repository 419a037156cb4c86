import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { FormView } from '../../../server/forms/contract.ts';
import { createSaver } from '../../../web/forms/saver.ts';
import type { SaveFailure, SaveRequest } from '../../../web/forms/saving.ts';
import type { Draft } from '../../../web/offline/kept.ts';

const waiting = { correction: false, intent: null, unanswered: [], trouble: null };
const order = ['mood', 'guilt', 'suicide'];
const form = (over: Partial<FormView> = {}): FormView => ({
  visit: 'm3',
  instrument: 'hamd17',
  short: 'HAM-D17',
  status: 'not-started',
  answered: 0,
  items: 3,
  version: 0,
  by: null,
  at: null,
  scores: [],
  openQueries: 0,
  participant: 'LOH-0098',
  assessedOn: null,
  lateReason: null,
  window: { opens: null, closes: null },
  values: {},
  reasons: {},
  facts: {},
  calculated: [],
  reference: null,
  alerts: [],
  studyVersion: 1,
  mayEnter: true,
  ...over,
});

class Failure extends Error {
  constructor(readonly why: SaveFailure) {
    super(why.kind);
  }
}

/** A server that keeps versions the way the real one does, and can be cut off. */
function world(start: FormView = form(), kept: Draft | null = null) {
  const server = { form: start, down: false, loseAnswers: false, sent: [] as SaveRequest[] };
  const place = {
    draft: kept,
    read: () => place.draft,
    write(draft: Draft) {
      place.draft = draft;
    },
    clear() {
      place.draft = null;
    },
  };
  const saver = createSaver({
    form: start,
    order,
    place,
    async send(request) {
      server.sent.push(request);
      if (server.down) throw new Failure({ kind: 'unreachable' });
      if (request.version !== server.form.version) {
        throw new Failure({ kind: 'conflict', current: server.form });
      }
      server.form = form({
        ...server.form,
        version: request.version + 1,
        status: request.complete ? 'complete' : 'started',
        at: '2026-11-24T14:02:00.000Z',
        values: request.values,
        assessedOn: request.assessedOn,
        lateReason: request.lateReason,
      });
      if (server.loseAnswers) throw new Failure({ kind: 'unreachable' });
      return server.form;
    },
    explain: (error) => (error as Failure).why,
    later(act, ms) {
      const timer = setTimeout(act, ms);
      return () => clearTimeout(timer);
    },
  });
  saver.run();
  const answer = (item: string, value: number) => {
    const { work } = saver.view();
    saver.change({ ...work, values: { ...work.values, [item]: { value } } });
  };
  return { server, place, saver, answer };
}

beforeEach(() => {
  vi.useFakeTimers();
});

describe('saving a form', () => {
  it('keeps a change on the device at once and sends it 800 ms after the last one', async () => {
    const { server, place, saver, answer } = world();
    answer('mood', 2);
    await vi.advanceTimersByTimeAsync(700);
    answer('guilt', 1);
    expect(place.draft?.work.values).toEqual({ mood: { value: 2 }, guilt: { value: 1 } });
    await vi.advanceTimersByTimeAsync(799);
    expect(server.sent).toHaveLength(0);
    expect(saver.view().state.kind).toBe('kept');
    await vi.advanceTimersByTimeAsync(1);
    expect(server.sent).toHaveLength(1);
    expect(saver.view().state).toEqual({ kind: 'saved', at: '2026-11-24T14:02:00.000Z' });
    expect(place.draft).toBeNull();
  });

  it('sends at once on flush, and nothing where nothing waits', async () => {
    const { server, saver, answer } = world();
    await saver.flush();
    expect(server.sent).toHaveLength(0);
    answer('mood', 2);
    await saver.flush();
    expect(server.form.values).toEqual({ mood: { value: 2 } });
  });

  it('keeps values while the server is out of reach and backs off: 2 s, 4 s, 8 s', async () => {
    const { server, place, saver, answer } = world();
    server.down = true;
    answer('mood', 2);
    await saver.flush();
    expect(saver.view().state).toEqual({ kind: 'offline', attempt: 1, retryInSeconds: 2 });
    await vi.advanceTimersByTimeAsync(2000);
    expect(saver.view().state).toMatchObject({ attempt: 2, retryInSeconds: 4 });
    await vi.advanceTimersByTimeAsync(4000);
    expect(saver.view().state).toMatchObject({ attempt: 3, retryInSeconds: 8 });
    expect(place.draft?.work.values).toEqual({ mood: { value: 2 } });
    server.down = false;
    await vi.advanceTimersByTimeAsync(8000);
    expect(server.form.values).toEqual({ mood: { value: 2 } });
    expect(saver.view().state.kind).toBe('saved');
  });

  it('goes on from a draft after a reload', async () => {
    const base = { assessedOn: null, lateReason: null, values: {} };
    const work = { ...base, values: { mood: { value: 3 } } };
    const { server, saver } = world(form(), { ...waiting, version: 0, base, work });
    expect(saver.view().work).toEqual(work);
    await vi.advanceTimersByTimeAsync(0);
    expect(server.form.values).toEqual(work.values);
  });

  it('overwrites nothing when someone else saved first; both versions stay until the person has chosen', async () => {
    const { server, saver, answer } = world();
    server.form = form({ version: 1, status: 'started', values: { mood: { value: 4 } } });
    answer('mood', 2);
    await saver.flush();
    const { state, work } = saver.view();
    expect(state.kind).toBe('conflict');
    expect(work.values.mood).toEqual({ value: 2 });
    expect(server.form.values.mood).toEqual({ value: 4 });
    await vi.advanceTimersByTimeAsync(120_000);
    expect(server.sent).toHaveLength(1);
    expect(await saver.settle({ ...work, values: { mood: { value: 2 } } })).toBe(true);
    expect(server.form).toMatchObject({ version: 2, values: { mood: { value: 2 } } });
  });

  it('finds a conflict between a draft and a newer version on opening', () => {
    const base = { assessedOn: null, lateReason: null, values: {} };
    const { saver } = world(form({ version: 2, values: { mood: { value: 1 } } }), {
      ...waiting,
      version: 1,
      base,
      work: { ...base, values: { mood: { value: 3 } } },
    });
    expect(saver.view().state).toMatchObject({ kind: 'conflict', base });
  });

  it('holds a change to a complete form back until it has a reason, and can drop it', async () => {
    const complete = form({
      version: 3,
      status: 'complete',
      at: '2026-11-24T14:00:00.000Z',
      values: { mood: { value: 1 } },
    });
    const { server, place, saver, answer } = world(complete);
    answer('mood', 2);
    await vi.advanceTimersByTimeAsync(5000);
    await saver.flush();
    expect(server.sent).toHaveLength(0);
    expect(saver.view().state.kind).toBe('correcting');
    saver.drop();
    expect(saver.view().work.values.mood).toEqual({ value: 1 });
    expect(place.draft).toBeNull();
    answer('mood', 3);
    expect(await saver.correct('Misread the anchor')).toBe(true);
    expect(server.sent[0]).toMatchObject({ reason: 'Misread the anchor', complete: true, version: 3 });
  });

  it('says what the server refused and keeps the work', async () => {
    const { saver, answer, server, place } = world();
    answer('mood', 2);
    server.form = form({ version: 0 });
    const refused: SaveFailure = { kind: 'refused', message: 'Not allowed.', issues: [] };
    vi.spyOn(server.sent, 'push').mockImplementation(() => {
      throw new Failure(refused);
    });
    await saver.flush();
    expect(saver.view().state).toEqual(refused);
    expect(place.draft?.work.values).toEqual({ mood: { value: 2 } });
    vi.restoreAllMocks();
    // Leaving the sheet asks nothing again, so that a press on what the refusal offers meets its button.
    await saver.flush();
    expect(server.sent).toEqual([]);
    await saver.retry();
    expect(saver.view().state.kind).toBe('saved');
    expect(place.draft).toBeNull();
  });

  it('sends what was changed while a save was under way', async () => {
    const { server, saver, answer } = world();
    answer('mood', 2);
    const first = saver.flush();
    answer('guilt', 1);
    await first;
    expect(saver.view().work.values.guilt).toEqual({ value: 1 });
    await vi.advanceTimersByTimeAsync(800);
    expect(server.form.values).toEqual({ mood: { value: 2 }, guilt: { value: 1 } });
  });

  it('marks complete what was marked complete while the server was away, unless it was changed since', async () => {
    const { server, place, saver, answer } = world();
    server.down = true;
    answer('mood', 2);
    expect(await saver.complete()).toBe(false);
    expect(place.draft?.intent).toEqual({ complete: true });
    server.down = false;
    await vi.advanceTimersByTimeAsync(2000);
    expect(server.form.status).toBe('complete');

    const other = world();
    other.server.down = true;
    other.answer('mood', 2);
    await other.saver.complete();
    other.answer('mood', 3);
    other.server.down = false;
    await vi.advanceTimersByTimeAsync(4000);
    expect(other.server.form).toMatchObject({ status: 'started', values: { mood: { value: 3 } } });
  });

  it('sends a change to a complete form with the reason that was given while the server was away', async () => {
    const { server, saver, answer } = world(form({ version: 3, status: 'complete', values: {} }));
    server.down = true;
    answer('mood', 2);
    await saver.correct('Misread the anchor');
    server.down = false;
    await vi.advanceTimersByTimeAsync(2000);
    expect(server.sent.at(-1)).toMatchObject({ reason: 'Misread the anchor', version: 3 });
    expect(server.form.values).toEqual({ mood: { value: 2 } });
  });

  it('goes on over its own save whose answer was lost', async () => {
    const { server, saver, answer } = world();
    answer('mood', 2);
    server.loseAnswers = true;
    await saver.flush();
    expect(server.form.version).toBe(1);
    answer('mood', 3);
    server.loseAnswers = false;
    await saver.flush();
    await vi.advanceTimersByTimeAsync(0);
    expect(saver.view().state.kind).toBe('saved');
    expect(server.form).toMatchObject({ version: 2, values: { mood: { value: 3 } } });
  });

  it('shows a refusal again after a reload, with the work', () => {
    const base = { assessedOn: null, lateReason: null, values: {} };
    const trouble = { kind: 'refused' as const, message: 'The database is locked.', issues: [] };
    const work = { ...base, values: { mood: { value: 3 } } };
    const { saver } = world(form(), { ...waiting, version: 0, base, work, trouble });
    expect(saver.view()).toMatchObject({ state: trouble, work });
  });

  it('takes a change back as a change of its own', async () => {
    const { server, saver, answer } = world();
    answer('mood', 2);
    await saver.flush();
    answer('mood', 3);
    await saver.flush();
    expect(saver.step('undo')).toEqual(['mood']);
    await saver.flush();
    expect(server.form).toMatchObject({ version: 3, values: { mood: { value: 2 } } });
  });
});
