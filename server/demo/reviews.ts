import { listReviews, planReview, recordReview } from '../audit/reviews.ts';
import { addDays } from '../visits/days.rules.ts';
import type { Script } from './script.ts';

const EVERY = 90;

/** The trail is to be gone through every quarter; the last review is a little more than that ago. */
export function reviews(script: Script, today: string): void {
  const last = addDays(today, -EVERY - 6);
  const first = addDays(last, -EVERY);
  script.at(`${addDays(first, -EVERY)}T12:30:00.000Z`, async (services, as) => {
    await planReview(services, as('data-manager'), {
      key: crypto.randomUUID(),
      scope: 'Changed forms, looks at arms and identities, roles given and taken away',
      reviewer: 'Monitor',
      everyDays: EVERY,
      firstDue: first,
    });
  });
  for (const until of [first, last])
    script.at(`${until}T13:30:00.000Z`, async (services, as) => {
      const { plans } = await listReviews(services, as('monitor'));
      await recordReview(services, as('monitor'), {
        key: crypto.randomUUID(),
        plan: plans[0]!.id,
        from: addDays(until, -EVERY),
        until,
        lookedAt: 'All changes of completed forms, and every fifth other entry',
        outcome: until === first ? 'minor' : 'nothing',
        findings: until === first ? 'Two corrections with a reason of one word; the site was told.' : '',
      });
    });
}
