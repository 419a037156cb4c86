import { QueryClient } from '@tanstack/react-query';
import { Unreachable } from './api.ts';

/** What was read from the server; a refusal is final, silence is tried again. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      retry: (times, cause) => cause instanceof Unreachable && times < 2,
      retryDelay: (times) => 1000 * 2 ** times,
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
});
