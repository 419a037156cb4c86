import type { Benchmark } from './benchmark.ts';
import { measureMillion } from './million.ts';

export default {
  name: 'worklist-1000000',
  what: 'p99 of the worklist in a trial with a million forms',
  run: () => measureMillion(100, () => 'worklist'),
} satisfies Benchmark;
