import type { Connection } from '../../db/database.ts';
import { type FollowUpPart, stoppedParts } from '../../events/rules.ts';
import { withdrawalsOfStudy } from '../../events/store.ts';
import type { CountRow } from '../document.ts';
import { countRow, type Placed } from './counts.ts';

const words: Record<FollowUpPart, string> = {
  treatment: 'Stopped treatment',
  assessments: 'Stopped assessments',
  contact: 'Asked not to be contacted',
  records: 'Refused use of their records',
  data: 'Withdrew consent for further use of data',
};

/** What of the follow-up stands stopped, by participant code. */
export async function stoppedOf(
  db: Connection,
  study: string,
  codes: ReadonlyMap<string, string>,
): Promise<Map<FollowUpPart, string[]>> {
  const changes = new Map<string, Awaited<ReturnType<typeof withdrawalsOfStudy>>>();
  for (const one of await withdrawalsOfStudy(db, study))
    changes.set(one.participant_id, [...(changes.get(one.participant_id) ?? []), one]);
  const stopped = new Map<FollowUpPart, string[]>();
  for (const [participant, own] of changes) {
    const code = codes.get(participant);
    if (code === undefined) continue;
    const parts = stoppedParts(
      own.map(({ number, on_day: on, stops }) => ({
        number,
        on,
        stops: JSON.parse(stops) as FollowUpPart[],
      })),
    );
    for (const { part } of parts) stopped.set(part, [...(stopped.get(part) ?? []), code]);
  }
  return stopped;
}

/** A row for each part of the follow-up that can stop. */
export function withdrawalRows(stopped: ReadonlyMap<FollowUpPart, string[]>, placed: Placed): CountRow[] {
  return (Object.keys(words) as FollowUpPart[]).map((part) =>
    countRow(words[part], placed, stopped.get(part) ?? [], false),
  );
}
