import { demonstration } from '../test/setup/demonstration.ts';
import type { Benchmark } from './benchmark.ts';
import { measureDashboard } from './dashboard.ts';

export default {
  name: 'dashboard-134',
  what: 'the dashboard of the demonstration, after a change',
  async run() {
    const place = await demonstration();
    try {
      return await measureDashboard(place, 134);
    } finally {
      await place.close();
    }
  },
} satisfies Benchmark;
