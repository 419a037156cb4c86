import type { Benchmark } from './benchmark.ts';
import { measureMillion } from './million.ts';

export default {
  name: 'participant-1000000',
  what: 'p99 of a participant’s page in a trial with a million forms',
  run: () => measureMillion(200, (participant) => `participants/${participant}`),
} satisfies Benchmark;
