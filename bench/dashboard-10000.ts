import { demonstration } from '../test/setup/demonstration.ts';
import type { Benchmark } from './benchmark.ts';
import { measureDashboard } from './dashboard.ts';
import { enlarge } from './enlarge.ts';

export default {
  name: 'dashboard-10000',
  what: 'the dashboard of a trial with 10,000 participants, after a change',
  async run() {
    const place = await demonstration();
    try {
      await enlarge(place, 10_000);
      return await measureDashboard(place, 10_000);
    } finally {
      await place.close();
    }
  },
} satisfies Benchmark;
