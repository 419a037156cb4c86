import { useQueryClient } from '@tanstack/react-query';
import {
  createContext,
  lazy,
  type ReactNode,
  Suspense,
  useContext,
  useEffect,
  useState,
  useSyncExternalStore,
} from 'react';
import { explain } from '../forms/send.ts';
import { t } from '../language/t.ts';
import { useSilence } from '../parts/connection.ts';
import { Late } from '../parts/Late.tsx';
import { reportSaved } from '../parts/saved.ts';
import { type KeptDatabase, openKept } from './database.ts';
import type { KeptWork } from './kept.ts';
import { alone, unlessOpen } from './openForms.ts';
import { type Outbox, openOutbox } from './outbox.ts';
import { onResume, resume } from './resume.ts';
import { createSender, type Sender } from './sender.ts';
import { sendWork } from './sendWork.ts';

const LeaveDialog = lazy(() => import('./LeaveDialog.tsx'));

interface Kept {
  outbox: Outbox;
  sender: Sender;
  /** Signs out by `leave`, after a question where something is on this device only. */
  askToLeave(leave: () => void): void;
}

const KeptContext = createContext<Kept | null>(null);

/** What the signed-in person typed here and the server has not confirmed. Only pages behind the sign-in may ask. */
export function useOutbox(): Kept {
  const kept = useContext(KeptContext);
  if (kept === null) throw new Error('This page needs an outbox.');
  return kept;
}

/** The list of it, in the order of sending. */
export function useKeptWork(): readonly KeptWork[] {
  const { outbox } = useOutbox();
  return useSyncExternalStore(outbox.subscribe, outbox.list);
}

/** Whether the device keeps what is typed. */
export function useDurable(): boolean {
  const { outbox } = useOutbox();
  return useSyncExternalStore(outbox.subscribe, outbox.durable);
}

/** Opens what one person has on this device, and sends it whenever the server can be reached. */
export function OutboxProvider({ user, children }: { user: string; children: ReactNode }) {
  const client = useQueryClient();
  const [opened, setOpened] = useState<{ outbox: Outbox; sender: Sender } | null>(null);
  const [leave, setLeave] = useState<{ go: () => void } | null>(null);
  const silent = useSilence() !== null;

  useEffect(() => {
    let over = false;
    let close = () => {};
    void open(user, (place, request) => sendWork(client, user, place, request)).then((made) => {
      close = made.close;
      if (over) close();
      else setOpened(made);
    });
    return () => {
      over = true;
      close();
    };
  }, [client, user]);

  useEffect(() => {
    if (opened && !silent) resume();
  }, [opened, silent]);

  if (!opened) return <Late label={t('Opening Equipoise')} />;
  const { outbox, sender } = opened;
  const askToLeave = (go: () => void) => {
    if (outbox.list().length === 0) go();
    else setLeave({ go });
  };
  return (
    <KeptContext value={{ outbox, sender, askToLeave }}>
      {children}
      <Suspense>
        {leave && (
          <LeaveDialog
            onLeave={() => {
              setLeave(null);
              leave.go();
            }}
            onClose={() => setLeave(null)}
          />
        )}
      </Suspense>
    </KeptContext>
  );
}

async function open(user: string, send: Parameters<typeof createSender>[0]['send']) {
  const database: KeptDatabase | null = await openKept().catch(() => null);
  const others = typeof BroadcastChannel === 'function' ? new BroadcastChannel('equipoise-kept') : null;
  const outbox = await openOutbox({
    database,
    user,
    now: () => new Date().toISOString(),
    newStamp: () => crypto.randomUUID(),
    onWrite: () => others?.postMessage(user),
  });
  if (others) others.onmessage = ({ data }) => void (data === user && outbox.reload());
  const sender = createSender({
    outbox,
    send,
    explain,
    later(act, ms) {
      const timer = setTimeout(act, ms);
      return () => clearTimeout(timer);
    },
    unlessOpen: (place, act) => unlessOpen(user, place, act, () => void sender.send()),
    onConfirmed: () => reportSaved('saved'),
    alone: (act) => alone(user, act),
  });
  const stopResuming = onResume(() => void sender.send());
  // Where the browser keeps nothing, closing the page loses what is unsent: it asks.
  const onUnload = (event: BeforeUnloadEvent) => {
    if (!outbox.durable() && outbox.list().length > 0) event.preventDefault();
  };
  window.addEventListener('beforeunload', onUnload);
  window.addEventListener('online', resume);
  return {
    outbox,
    sender,
    close() {
      stopResuming();
      window.removeEventListener('beforeunload', onUnload);
      window.removeEventListener('online', resume);
      sender.stop();
      void outbox.settled().then(() => {
        if (others) {
          others.onmessage = null;
          others.close();
        }
        database?.close();
      });
    },
  };
}
