import type { Database } from '../db/database.ts';
import { Refused } from '../errors.ts';
import type { Caller, Services } from '../services.ts';
import { today } from '../visits/today.ts';
import { asked } from './asked.ts';
import type { Answered, Asked, Question } from './worker.ts';

export type Finished = Extract<Answered, { revision: string }>;

const KEPT = 150;
const AGAIN_MS = 500;
const LONGEST_REST_MS = 5_000;

/**
 * The results of a study, kept by the question, who asks it and the state of the data. They are made on a thread; whoever
 * asks again while newer ones are made gets the last that were finished, with their “as of”.
 */
class KeptResults {
  readonly #desk = crypto.randomUUID();
  readonly #views = new Map<string, View>();

  async answer(services: Services, caller: Caller, question: Question, until?: string): Promise<Finished> {
    const task = await asked(services, caller, question, this.#desk, until);
    const { desk: _, databaseUrl: __, now: ___, ...identity } = task;
    const key = JSON.stringify([identity, caller.study.hash, [...caller.study.siteVersions]]);
    const view = this.#views.get(key) ?? new View();
    this.#views.delete(key);
    this.#views.set(key, view);
    if (this.#views.size > KEPT) this.#views.delete(this.#views.keys().next().value!);
    // Figures as of an instant change with the protocol only.
    const state =
      task.until === null
        ? { revision: caller.study.changedAt, day: today(services) }
        : { revision: '', day: '' };
    return view.answer(services, state, task);
  }
}

interface State {
  revision: string;
  day: string;
}

/** One question of one kind of reader. */
class View {
  #finished: Finished | null = null;
  #running: { state: State; ended: Promise<Finished> } | null = null;
  #next: Promise<Finished> | null = null;
  #took = 0;
  #endedAt = 0;

  async answer(services: Services, state: State, task: Asked): Promise<Finished> {
    const last = this.#finished;
    if (last && last.revision >= state.revision && last.day >= state.day) return last;
    const newer = this.#newer(services, state, task);
    if (!last) return newer;
    if (this.#took > services.patience) {
      newer.catch((error) => services.log.error({ err: error }, 'Results were not renewed.'));
      return last;
    }
    return Promise.race([newer, pause(services.patience).then(() => last)]);
  }

  /** Results of this state of the data or a later one: those under way, or those after them. */
  #newer(services: Services, state: State, task: Asked): Promise<Finished> {
    const running = this.#running;
    if (!running) return this.#start(services, state, task);
    if (running.state.revision >= state.revision && running.state.day >= state.day) return running.ended;
    this.#next ??= running.ended
      .catch(() => undefined)
      .then(() => {
        this.#next = null;
        return this.#start(services, state, task);
      });
    return this.#next;
  }

  /** Rests for as long as the last took, five seconds at most, so that constant saving keeps no core busy all the time. */
  #start(services: Services, state: State, task: Asked): Promise<Finished> {
    const ended = this.#make(services, task).finally(() => {
      this.#running = null;
    });
    this.#running = { state, ended };
    return ended;
  }

  async #make(services: Services, task: Asked): Promise<Finished> {
    const rest =
      this.#took > services.patience
        ? this.#endedAt + Math.min(this.#took, LONGEST_REST_MS) - performance.now()
        : 0;
    if (rest > 0) await pause(rest);
    const begun = performance.now();
    let answered = await services.results(task);
    // A file is whole: what is being computed is waited for. A page asks again.
    while ('pending' in answered && answered.pending === null) {
      await pause(AGAIN_MS);
      answered = await services.results(task);
    }
    this.#endedAt = performance.now();
    this.#took = this.#endedAt - begun;
    if ('refused' in answered) {
      const { kind, message, detail } = answered.refused;
      throw new Refused(kind, message, detail);
    }
    if ('pending' in answered)
      return { revision: '', day: '', body: answered.pending!, gzip: null, read: 'nothing' };
    this.#finished = answered;
    return answered;
  }
}

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.min(milliseconds, 2 ** 31 - 1)).unref());

const keptOf = new WeakMap<Database, KeptResults>();

/** The answer to a question about a study's results, ready to be sent. */
export function answerFor(
  services: Services,
  caller: Caller,
  question: Question,
  until?: string,
): Promise<Finished> {
  const kept = keptOf.get(services.db) ?? new KeptResults();
  keptOf.set(services.db, kept);
  return kept.answer(services, caller, question, until);
}
