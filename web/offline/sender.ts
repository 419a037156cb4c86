import type { FormView } from '../../server/forms/contract.ts';
import { requestOf, type SaveFailure, type SaveRequest } from '../forms/saving.ts';
import { encounter } from './encounter.ts';
import { type FormPlace, type KeptWork, noteSent, samePlace, waitsFor } from './kept.ts';
import type { Outbox } from './outbox.ts';

const firstRetrySeconds = 2;
const lastRetrySeconds = 60;

export interface SenderParts {
  outbox: Outbox;
  send(place: FormPlace, request: SaveRequest): Promise<FormView>;
  explain(error: unknown): SaveFailure;
  later(act: () => void, ms: number): () => void;
  /**
   * Runs `act` unless an opened form of this or another window has the work in hand; gives back whether it ran.
   * An opened form sends its own work.
   */
  unlessOpen(place: FormPlace, act: () => Promise<void>): Promise<boolean>;
  /** Runs `act` once no other window of this browser is sending; one sends at a time. */
  alone(act: () => Promise<void>): Promise<void>;
  /** A save that was refused as a conflict turned out to be on the server already. */
  onConfirmed(): void;
}

export interface Sender {
  /** Sends all that waits for the server, in order. Without an answer it tries again after 2, 4, 8 … 60 s. */
  send(): Promise<void>;
  /** Sends the work on one form, whatever was wrong with it before. */
  retry(place: FormPlace): Promise<void>;
  /** Stops trying again. */
  stop(): void;
}

/** Sends what earlier pages kept: first kept, first sent; one at a time. */
export function createSender(parts: SenderParts): Sender {
  const { outbox } = parts;
  let failures = 0;
  let cancel = () => {};
  let stopped = false;
  let underWay: Promise<void> | null = null;

  /** False when there was no answer: what comes after it waits too. */
  async function deliver(place: FormPlace): Promise<boolean> {
    let answered = true;
    await parts.unlessOpen(place, async () => {
      answered = await attempt(place, 2);
    });
    return answered;
  }

  /** @param times how often it may be sent: once more after the server turned out to have an earlier part of it */
  async function attempt(place: FormPlace, times: number): Promise<boolean> {
    const waiting = outbox.read(place);
    if (!waiting || waitsFor(waiting) !== 'server' || times === 0) return true;
    // Before it leaves: a page that goes away under the request hears no answer.
    outbox.write(waiting, noteSent(waiting));
    const kept = outbox.read(place)!;
    try {
      await parts.send(kept, requestOf(kept));
      outbox.remove(kept, kept.stamp);
      return true;
    } catch (error) {
      const failure = parts.explain(error);
      if (failure.kind === 'unreachable') return false;
      if (failure.kind === 'refused') outbox.mark(kept, kept.stamp, failure);
      else if (!meet(kept, failure.current)) return attempt(place, times - 1);
      return true;
    }
  }

  /** False when the rest of it is to be sent on top of what the server has. */
  function meet(kept: KeptWork, current: FormView): boolean {
    const outcome = encounter(kept, current);
    if (outcome === 'confirmed') {
      outbox.remove(kept, kept.stamp);
      parts.onConfirmed();
    } else if (outcome === 'conflict') outbox.mark(kept, kept.stamp, { kind: 'conflict' });
    else outbox.write(kept, outcome);
    return typeof outcome === 'string';
  }

  async function all(): Promise<void> {
    // Another window may have sent some of it while this one waited for its turn.
    await outbox.reload();
    for (const kept of outbox.list()) {
      if (stopped) return;
      if (waitsFor(kept) !== 'server') continue;
      if (!(await deliver(kept))) {
        failures += 1;
        const seconds = Math.min(lastRetrySeconds, firstRetrySeconds * 2 ** (failures - 1));
        cancel = parts.later(() => void send(), seconds * 1000);
        return;
      }
      failures = 0;
    }
  }

  async function send(): Promise<void> {
    cancel();
    if (stopped) return;
    underWay ??= parts.alone(all).finally(() => {
      underWay = null;
    });
    await underWay;
  }

  return {
    send,
    async retry(place) {
      const kept = outbox.list().find((one) => samePlace(one, place));
      if (!kept) return;
      if (kept.trouble?.kind === 'refused') outbox.mark(kept, kept.stamp, null);
      if (underWay) await underWay;
      await send();
    },
    stop() {
      stopped = true;
      cancel();
    },
  };
}
