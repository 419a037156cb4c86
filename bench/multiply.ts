import { sql } from 'kysely';
import type { Place } from '../test/setup/demonstration.ts';

/** IDs of the demonstration itself; those of copies have six digits. */
const original = sql`length(p.code) <= 8`;

/**
 * Copies everyone with their forms and allocations, inside the database and in one transaction, until there are `to`
 * times as many: a trial that has run for long. A copy lies three to five years further back, so that its windows have
 * closed; what it had begun and not finished still waits.
 *
 * @param from how many times as many there are already
 */
export async function multiply(
  { services }: Place,
  { from = 1, to }: { from?: number; to: number },
): Promise<void> {
  if (to <= from) return;
  const copies = sql`(with recursive n(k) as (select ${sql.lit(from)} union all select k + 1 from n where k < ${sql.lit(to - 1)}) select k from n)`;
  const earlier = sql`'-' || (1100 + k % 700) || ' days'`;
  await services.db.write(async (tx) => {
    await sql`
      insert into participant
      select p.id || '-' || k, study_id, substr(code, 1, 4) || (100000 + k * 200 + cast(substr(code, 5) as integer)),
        site, status, version, date(screened_on, ${earlier}), screening, exclusion_reason, created_at, created_by
      from participant p cross join ${copies} where ${original}`.execute(tx);
    await sql`
      insert into allocation
      select a.study_id, number + k * (select count(*) from allocation join participant p on p.id = participant_id
          where ${original}), participant_id || '-' || k, epoch, source,
        stratum, arm, entry, previous_hash, hash, study_version,
        strftime('%Y-%m-%dT%H:%M:%fZ', allocated_at, ${earlier}), allocated_by
      from allocation a join participant p on p.id = participant_id cross join ${copies} where ${original}`.execute(
      tx,
    );
    await sql`
      insert into form (id, participant_id, visit, instrument, status, version, assessed_on, late_reason, answers,
        reasons, saved_at, saved_by, study_version)
      select f.id || '-' || k, participant_id || '-' || k, visit, instrument, f.status, f.version, assessed_on, late_reason,
        answers, reasons, saved_at, saved_by, study_version
      from form f join participant p on p.id = participant_id cross join ${copies} where ${original}`.execute(
      tx,
    );
  });
}
