import type { Connection } from '../db/database.ts';
import type { ReadRecord } from './read.ts';
import { versionsOf } from './store.ts';

/**
 * The records as they stood at an instant: those there were, each in the version that it had.
 *
 * @param until ISO 8601, UTC; null: as they stand
 */
export async function recordsAsOf<Content>(
  db: Connection,
  records: readonly ReadRecord<Content>[],
  until: string | null,
): Promise<ReadRecord<Content>[]> {
  const then: ReadRecord<Content>[] = [];
  for (const record of records) {
    const { row, stamp } = record;
    if (until === null || stamp.savedAt <= until) then.push(record);
    else if (stamp.createdAt <= until) {
      const version = (await versionsOf(db, row.id)).find((one) => one.saved_at <= until);
      if (version)
        then.push({
          ...record,
          content: JSON.parse(version.content) as Content,
          stamp: { ...stamp, version: version.version, struck: version.struck === 1 },
        });
    }
  }
  return then;
}
