import type { FormView } from '../../server/forms/contract.ts';
import { sameWork, type Work, workOf } from './difference.ts';
import type { SaveFailure, Saver, SaverParts, SaverView, SaveState } from './saving.ts';

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
  let view: SaverView = { state: restingState(parts.form), confirmed: parts.form, work: workOf(parts.form) };
  let cancelTimer = () => {};
  let underWay: Promise<boolean> | null = null;
  let failures = 0;
  let running = false;

  const show = (next: Partial<SaverView>) => {
    view = { ...view, ...next };
    for (const listener of listeners) listener();
  };
  const isDirty = () => !sameWork(order, workOf(view.confirmed), view.work);
  const isComplete = () => view.confirmed.status === 'complete';
  const keep = (base: Work, version: number) => place.write({ version, base, work: view.work });

  function schedule(ms: number): void {
    cancelTimer();
    if (running) cancelTimer = later(() => void save({}), ms);
  }

  async function save(extra: { complete?: boolean; reason?: string }): Promise<boolean> {
    cancelTimer();
    while (underWay) await underWay;
    if (view.state.kind === 'conflict' && !extra.reason) return false;
    if (!extra.complete && !extra.reason && (!isDirty() || isComplete())) return true;
    underWay = sendOnce(extra);
    const succeeded = await underWay;
    underWay = null;
    if (succeeded && isDirty() && !isComplete()) schedule(autosaveAfter);
    return succeeded;
  }

  async function sendOnce(extra: { complete?: boolean; reason?: string }): Promise<boolean> {
    const sent = view.work;
    const { version } = view.confirmed;
    show({ state: { kind: 'saving' } });
    try {
      const reply = await parts.send({
        ...sent,
        version,
        complete: extra.complete ?? isComplete(),
        reason: extra.reason,
      });
      failures = 0;
      const changedSince = !sameWork(order, sent, view.work);
      show({
        confirmed: reply,
        work: changedSince ? view.work : workOf(reply),
        state: changedSince ? { kind: 'kept' } : restingState(reply),
      });
      if (changedSince) keep(workOf(reply), reply.version);
      else place.clear();
      return true;
    } catch (error) {
      fail(parts.explain(error));
      return false;
    }
  }

  function fail(failure: SaveFailure): void {
    keep(workOf(view.confirmed), view.confirmed.version);
    if (failure.kind === 'conflict') {
      meet(failure.current, workOf(view.confirmed));
    } else if (failure.kind === 'refused') {
      show({ state: failure });
    } else {
      failures += 1;
      const retryInSeconds = Math.min(lastRetrySeconds, firstRetrySeconds * 2 ** (failures - 1));
      show({ state: { kind: 'offline', attempt: failures, retryInSeconds } });
      if (!isComplete()) schedule(retryInSeconds * 1000);
    }
  }

  /** Someone else's version came in between: go on if nothing differs, else let the person choose. */
  function meet(theirs: FormView, base: Work): void {
    if (sameWork(order, view.work, workOf(theirs))) {
      place.clear();
      show({ confirmed: theirs, work: workOf(theirs), state: restingState(theirs) });
    } else {
      show({ confirmed: theirs, state: { kind: 'conflict', theirs, base } });
    }
  }

  function restore(): void {
    const draft = place.read();
    if (!draft) return;
    view = { ...view, work: draft.work };
    if (draft.version !== parts.form.version) meet(parts.form, draft.base);
    else if (!isDirty()) place.clear();
    else if (isComplete()) view = { ...view, state: { kind: 'correcting' } };
    else view = { ...view, state: { kind: 'kept' } };
  }

  restore();
  return {
    run() {
      running = true;
      if (view.state.kind === 'kept') schedule(0);
      return () => {
        if (view.state.kind === 'kept') void save({});
        running = false;
        cancelTimer();
      };
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    view: () => view,
    change(work) {
      if (view.state.kind === 'conflict') return;
      show({ work });
      if (!isDirty() && !underWay) {
        cancelTimer();
        place.clear();
        show({ state: restingState(view.confirmed) });
        return;
      }
      keep(workOf(view.confirmed), view.confirmed.version);
      if (isComplete()) {
        show({ state: { kind: 'correcting' } });
        return;
      }
      if (view.state.kind !== 'saving') show({ state: { kind: 'kept' } });
      schedule(autosaveAfter);
    },
    async flush() {
      if (view.state.kind !== 'conflict') await save({});
    },
    complete: () => save({ complete: true }),
    correct: (reason) => save({ complete: true, reason }),
    undo() {
      place.clear();
      show({ work: workOf(view.confirmed), state: restingState(view.confirmed) });
    },
    async settle(work, reason) {
      show({ work, state: { kind: 'kept' } });
      if (!isDirty()) {
        place.clear();
        show({ state: restingState(view.confirmed) });
        return true;
      }
      keep(workOf(view.confirmed), view.confirmed.version);
      return save(reason ? { reason } : {});
    },
    amend(change) {
      show({ confirmed: change(view.confirmed) });
    },
  };
}

function restingState(form: FormView): SaveState {
  return form.at === null ? { kind: 'untouched' } : { kind: 'saved', at: form.at };
}
