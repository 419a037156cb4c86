import { createHash } from 'node:crypto';
import type { Services } from '../../server/services.ts';

/** What a stranger with the rows alone would do: recompute each hash from its entry and follow the links. */
export async function auditProblems(services: Pick<Services, 'db'>, study: string): Promise<string[]> {
  const rows = await services.db.read
    .selectFrom('audit')
    .selectAll()
    .where('study_id', '=', study)
    .orderBy('seq')
    .execute();
  const problems: string[] = [];
  let previous = '0'.repeat(64);
  rows.forEach(({ hash, ...entry }, index) => {
    if (entry.seq !== index + 1) problems.push(`entry ${entry.seq} stands at ${index + 1}`);
    if (entry.previous_hash !== previous) problems.push(`entry ${entry.seq} doesn’t follow the one before`);
    const text = JSON.stringify(entry, Object.keys(entry).sort());
    if (createHash('sha256').update(text).digest('hex') !== hash)
      problems.push(`entry ${entry.seq} was changed after it was written`);
    previous = hash;
  });
  return rows.length === 0 ? ['there is no entry'] : problems;
}
