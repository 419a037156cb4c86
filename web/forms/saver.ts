import type { FormView } from '../../server/forms/contract.ts';
import { encounter } from '../offline/encounter.ts';
import { type Draft, noteSent } from '../offline/kept.ts';
import { type Intent, sameWork, type Work, workOf } from './difference.ts';
import { below, noHistory, record, takeStep } from './history.ts';
import {
  requestOf,
  type SaveFailure,
  type Saver,
  type SaverParts,
  type SaverView,
  type SaveState,
} from './saving.ts';

/** Milliseconds from the last change to the save. */
export const autosaveAfter = 800;
const firstRetrySeconds = 2;
const lastRetrySeconds = 60;

/**
 * Keeps a form's work: on this device at once, on the server 800 ms after the last change or on `flush`.
 * One save is under way at a time. A failed one is tried again after 2, 4, 8 … 60 s; a conflict stops
 * saving until the person has chosen; changes to a complete form wait for a reason.
 */
export function createSaver(parts: SaverParts): Saver {
  const { order, place, later } = parts;
  const listeners = new Set<() => void>();
  let view: SaverView = {
    state: restingState(parts.form),
    confirmed: parts.form,
    work: workOf(parts.form),
    intent: null,
    history: noHistory,
  };
  let cancelTimer = () => {};
  let underWay: Promise<boolean> | null = null;
  let unanswered: Draft['unanswered'] = [];
  let failures = 0;
  let running = false;

  const show = (next: Partial<SaverView>) => {
    view = { ...view, ...next };
    for (const listener of listeners) listener();
  };
  const isDirty = () => !sameWork(order, workOf(view.confirmed), view.work);
  const isComplete = () => view.confirmed.status === 'complete';
  const waits = () => view.intent !== null || (isDirty() && !isComplete());
  const draft = (trouble: Draft['trouble'] = null): Draft => ({
    version: view.confirmed.version,
    base: workOf(view.confirmed),
    work: view.work,
    correction: isComplete(),
    intent: view.intent,
    unanswered,
    trouble,
  });
  const keep = () => place.write(draft());

  function schedule(ms: number): void {
    cancelTimer();
    if (running) cancelTimer = later(() => void save(null), ms);
  }

  async function save(asked: Intent | null): Promise<boolean> {
    cancelTimer();
    while (underWay) await underWay;
    if (view.state.kind === 'conflict' && !asked) return false;
    if (asked) show({ intent: asked });
    if (!waits()) return true;
    underWay = sendOnce();
    const succeeded = await underWay;
    underWay = null;
    if (succeeded && waits()) schedule(autosaveAfter);
    return succeeded;
  }

  async function sendOnce(): Promise<boolean> {
    const sent = noteSent(draft());
    // Before it leaves: a page that goes away under the request hears no answer.
    unanswered = sent.unanswered;
    keep();
    show({ state: { kind: 'saving' } });
    try {
      const reply = await parts.send(requestOf(sent));
      failures = 0;
      unanswered = [];
      const changedSince = !sameWork(order, sent.work, view.work);
      show({
        confirmed: reply,
        work: changedSince ? view.work : workOf(reply),
        intent: null,
        state: changedSince ? waitingState(reply) : restingState(reply),
      });
      if (changedSince) keep();
      else place.clear();
      return true;
    } catch (error) {
      fail(parts.explain(error), sent.work);
      return false;
    }
  }

  function fail(failure: SaveFailure, sent: Work): void {
    if (failure.kind === 'conflict') {
      keep();
      meet(failure.current);
    } else if (failure.kind === 'refused') {
      unanswered = unanswered.filter((work) => work !== sent);
      place.write(draft(failure));
      show({ state: failure });
    } else {
      failures += 1;
      keep();
      const retryInSeconds = Math.min(lastRetrySeconds, firstRetrySeconds * 2 ** (failures - 1));
      show({ state: { kind: 'offline', attempt: failures, retryInSeconds } });
      if (waits()) schedule(retryInSeconds * 1000);
    }
  }

  /** The server has another version: go on if it is this work or a part of it, else let the person choose. */
  function meet(theirs: FormView): void {
    const mine = draft();
    const outcome = encounter(mine, theirs);
    unanswered = [];
    if (outcome === 'confirmed') {
      place.clear();
      show({ confirmed: theirs, work: workOf(theirs), intent: null, state: restingState(theirs) });
    } else if (outcome === 'conflict') {
      place.write({ ...mine, trouble: { kind: 'conflict' } });
      show({ confirmed: theirs, state: { kind: 'conflict', theirs, base: mine.base } });
    } else {
      show({ confirmed: theirs, state: waitingState(theirs) });
      keep();
      if (waits()) schedule(0);
    }
  }

  function waitingState(confirmed: FormView): SaveState {
    return confirmed.status === 'complete' && !view.intent ? { kind: 'correcting' } : { kind: 'kept' };
  }

  function restore(): void {
    const kept = place.read();
    if (!kept) return;
    const { form } = parts;
    unanswered = kept.unanswered;
    view = { ...view, work: kept.work, intent: kept.intent };
    if (kept.version !== form.version) {
      view = { ...view, confirmed: { ...form, ...kept.base, version: kept.version } };
      meet(form);
    } else if (!isDirty() && !kept.intent) place.clear();
    else if (kept.trouble?.kind === 'refused') view = { ...view, state: kept.trouble };
    else view = { ...view, state: waitingState(form) };
  }

  function change(work: Work, step: Partial<SaverView>): void {
    show({ work, intent: null, ...step });
    if (!isDirty() && !underWay) {
      cancelTimer();
      place.clear();
      show({ state: restingState(view.confirmed) });
      return;
    }
    keep();
    if (isComplete()) {
      show({ state: { kind: 'correcting' } });
      return;
    }
    if (view.state.kind !== 'saving') show({ state: { kind: 'kept' } });
    schedule(autosaveAfter);
  }

  restore();
  return {
    run() {
      running = true;
      if (view.state.kind === 'kept') schedule(0);
      return () => {
        const last = view.state.kind === 'kept' ? save(null) : underWay;
        running = false;
        cancelTimer();
        return Promise.resolve(last).then(() => undefined);
      };
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    view: () => view,
    change(work) {
      if (view.state.kind === 'conflict') return;
      change(work, { history: record(view.history, order, view.work, work, parts.typed) });
    },
    async flush() {
      if (view.state.kind !== 'conflict' && view.state.kind !== 'refused') await save(null);
    },
    async retry() {
      if (view.state.kind !== 'conflict') await save(null);
    },
    complete: () => save({ complete: true }),
    correct: (reason) => save({ complete: true, reason }),
    drop() {
      place.clear();
      show({ work: workOf(view.confirmed), intent: null, state: restingState(view.confirmed) });
    },
    step(direction) {
      if (view.state.kind === 'conflict') return [];
      const taken = takeStep(view.history, view.work, direction);
      if (!taken) return [];
      change(taken.work, { history: taken.history });
      return taken.fields;
    },
    remember(steps) {
      show({ history: below(view.history, steps) });
    },
    async settle(work, reason) {
      const asked: Intent | null = reason ? { complete: true, reason } : null;
      const history = record(view.history, order, workOf(view.confirmed), work);
      show({ work, history, intent: asked, state: { kind: 'kept' } });
      if (!isDirty()) {
        place.clear();
        show({ intent: null, state: restingState(view.confirmed) });
        return true;
      }
      keep();
      return save(asked);
    },
    amend(change) {
      show({ confirmed: change(view.confirmed) });
    },
  };
}

function restingState(form: FormView): SaveState {
  return form.at === null ? { kind: 'untouched' } : { kind: 'saved', at: form.at };
}
