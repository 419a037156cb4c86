import { invite } from '../accounts/invitations/invite.ts';
import { addDays } from '../visits/days.rules.ts';
import type { Calibration } from './calibration.ts';
import type { Script } from './script.ts';

/** The owner has invited more people than have come: one link still works, one has lapsed. */
export function invitations(script: Script, { invited }: Calibration, today: string): void {
  for (const { daysAgo, ...person } of invited)
    script.at(`${addDays(today, -daysAgo)}T10:20:00.000Z`, async (services, as) => {
      await invite(services, as('owner'), person);
    });
}
