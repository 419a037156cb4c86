import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { readBoardLog } from '../../server/board/contract.ts';
import { keyOf } from '../api.ts';

/** Has the access log read anew once something was opened, which put an entry on it. */
export function useLogAfter(log: typeof readBoardLog, openedAt: number): void {
  const client = useQueryClient();
  useEffect(() => {
    if (openedAt > 0) void client.invalidateQueries({ queryKey: keyOf(log) });
  }, [client, log, openedAt]);
}
