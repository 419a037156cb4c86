import { demonstration } from '../test/setup/demonstration.ts';
import type { Benchmark } from './benchmark.ts';
import { CROWD, countForms, watchDashboard } from './dashboard.ts';
import { multiply } from './multiply.ts';

const FORMS = 1_000_000;
/** Of the demonstration's 134 participants. */
const TEN_THOUSAND = Math.ceil(10_000 / 134);

export default {
  name: 'dashboard-1000000',
  what: `the dashboard of a trial with a million forms: ${CROWD}`,
  async run() {
    const place = await demonstration();
    try {
      const one = await countForms(place);
      await multiply(place, { to: TEN_THOUSAND });
      const few = await watchDashboard(place);
      await multiply(place, { from: TEN_THOUSAND, to: Math.ceil(FORMS / one) });
      const many = await watchDashboard(place);
      return {
        value: many.p99,
        unit: 'ms',
        baseline: few.p99,
        ratio: many.p99 / few.p99,
        against: `the same with 10,000 participants; ${await countForms(place)} forms; ${many.beside}`,
      };
    } finally {
      await place.close();
    }
  },
} satisfies Benchmark;
