import { demonstration } from '../test/setup/demonstration.ts';
import type { Benchmark } from './benchmark.ts';
import { CROWD, watchDashboard } from './dashboard.ts';
import { multiply } from './multiply.ts';

const RANDOMISED = 134;

export default {
  name: 'dashboard-10000',
  what: `the dashboard of a trial with 10,000 participants: ${CROWD}`,
  async run() {
    const place = await demonstration();
    try {
      const few = await watchDashboard(place);
      await multiply(place, { to: Math.ceil(10_000 / RANDOMISED) });
      const { p99, beside } = await watchDashboard(place);
      return {
        value: p99,
        unit: 'ms',
        baseline: few.p99,
        ratio: p99 / few.p99,
        against: `the same with ${RANDOMISED} participants; ${beside}`,
      };
    } finally {
      await place.close();
    }
  },
} satisfies Benchmark;
