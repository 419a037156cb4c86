import { useEffect, useState } from 'react';
import { type Changed, followChanges } from '../../server/changes/contract.ts';
import { addressOf } from '../api.ts';

export interface Changes {
  /** The newest state of the study's data that the server told of; null before it did. */
  revision: string | null;
  /** Whether the server's line is lost for now; the browser tries again by itself. */
  lost: boolean;
}

/** Follows a study's changes while the page is looked at: a page in the background holds no line. */
export function useChanges(study: string, wanted: boolean): Changes {
  const [changes, setChanges] = useState<Changes>({ revision: null, lost: false });
  useEffect(() => {
    if (!wanted) return;
    let line: EventSource | null = null;
    const close = () => {
      line?.close();
      line = null;
    };
    const open = () => {
      if (line || document.hidden) return;
      line = new EventSource(addressOf(followChanges, { params: { study } }));
      line.addEventListener('changed', ({ data }) => {
        const { revision } = JSON.parse(data) as Changed;
        setChanges({ revision, lost: false });
      });
      // The session or the role is over; the next thing that is asked says so.
      line.addEventListener('ended', close);
      line.addEventListener('error', () => setChanges((before) => ({ ...before, lost: true })));
    };
    const look = () => (document.hidden ? close() : open());
    open();
    document.addEventListener('visibilitychange', look);
    return () => {
      document.removeEventListener('visibilitychange', look);
      close();
    };
  }, [study, wanted]);
  return changes;
}
