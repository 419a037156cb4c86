import { demonstration } from '../test/setup/demonstration.ts';
import type { Benchmark } from './benchmark.ts';
import { CROWD, watchBare, watchDashboard } from './dashboard.ts';

export default {
  name: 'dashboard-134',
  what: `the dashboard of the demonstration: ${CROWD}`,
  async run() {
    const place = await demonstration();
    try {
      const baseline = await watchBare(place);
      const { p99, beside } = await watchDashboard(place);
      return {
        value: p99,
        unit: 'ms',
        baseline,
        ratio: p99 / baseline,
        against: `a bare Node server with the same bytes, nobody saving; ${beside}`,
      };
    } finally {
      await place.close();
    }
  },
} satisfies Benchmark;
