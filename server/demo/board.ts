import { prepareSnapshot } from '../board/prepare.ts';
import type { Script } from './script.ts';

/**
 * The statistician has prepared a snapshot for the monitoring board’s next meeting.
 *
 * @param day YYYY-MM-DD, of the data cut-off
 */
export function boardSnapshot(script: Script, day: string): void {
  script.at(`${day}T10:00:00.000Z`, async (services, as) => {
    await prepareSnapshot(services, as('statistician'), {
      key: crypto.randomUUID(),
      note: 'For the meeting after the last window has closed',
    });
  });
}
