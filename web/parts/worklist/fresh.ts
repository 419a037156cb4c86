import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { readWorklist } from '../../../server/visits/contract.ts';
import { refresh } from '../../api.ts';
import { useFresh } from '../activity.ts';
import { useChanges } from '../useChanges.ts';

const LEAST_MS = 5_000;

/**
 * Brings the worklist up to the study’s data by itself, at most every five seconds; and every minute while somebody is
 * there, because days pass without a change too.
 */
export function useFreshWorklist(study: string): void {
  const client = useQueryClient();
  const { revision } = useChanges(study, true);
  const shown = useRef<string | null>(null);
  const readAt = useRef(0);
  useFresh(() => refresh(client, readWorklist));
  useEffect(() => {
    // The first that the server tells is what the page has just read.
    shown.current ??= revision;
    if (revision === shown.current) return;
    const read = () => {
      shown.current = revision;
      readAt.current = Date.now();
      void refresh(client, readWorklist);
    };
    const timer = setTimeout(read, Math.max(0, readAt.current + LEAST_MS - Date.now()));
    return () => clearTimeout(timer);
  }, [client, revision]);
}
