import { sql } from 'kysely';
import { demonstration, type Place } from '../test/setup/demonstration.ts';
import type { Measured } from './benchmark.ts';

const FORMS = 1_000_000;
const WARM = 5;

/**
 * The 99th percentile of one page's request through HTTP with a million forms in the study, against the same with the
 * thousand or so of the demonstration, both in this run.
 * @param requests how often the page is asked for in each database
 * @param path the page's address under the study, for a participant's code
 */
export async function measureMillion(
  requests: number,
  path: (participant: string) => string,
): Promise<Measured> {
  const place = await demonstration();
  try {
    const codes = await participants(place);
    const baseline = await percentile(place, codes, requests, path);
    const few = await countForms(place);
    await multiply(place, Math.ceil(FORMS / few));
    const value = await percentile(place, codes, requests, path);
    const many = await countForms(place);
    return {
      value,
      unit: 'ms',
      baseline,
      ratio: value / baseline,
      against: `p99 of ${requests} requests at ${few} forms, measured at ${many}`,
    };
  } finally {
    await place.close();
  }
}

async function countForms({ services }: Place): Promise<number> {
  const { n } = await services.db.read
    .selectFrom('form')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow();
  return Number(n);
}

async function participants({ services }: Place): Promise<string[]> {
  const rows = await services.db.read
    .selectFrom('participant')
    .innerJoin('allocation', 'allocation.participant_id', 'participant.id')
    .select('code')
    .orderBy('code')
    .limit(50)
    .execute();
  return rows.map(({ code }) => code);
}

async function percentile(
  { server, signIn }: Place,
  codes: readonly string[],
  requests: number,
  path: (participant: string) => string,
): Promise<number> {
  const cookie = await signIn('coordinator');
  const times: number[] = [];
  for (let index = -WARM; index < requests; index += 1) {
    const address = path(codes[(index + WARM) % codes.length]!);
    const begin = performance.now();
    const reply = await fetch(`${server.url}/api/studies/ipt-depression/${address}`, { headers: { cookie } });
    if (!reply.ok) throw new Error(`${reply.status} ${await reply.text()}`);
    await reply.arrayBuffer();
    if (index >= 0) times.push(performance.now() - begin);
  }
  times.sort((a, b) => a - b);
  return times[Math.ceil(times.length * 0.99) - 1]!;
}

/**
 * Copies everyone with their forms and allocations, inside the database and in one transaction, until there are `times`
 * as many: a trial that has run for long. A copy lies three to five years further back, so that its windows have closed;
 * what it had begun and not finished still waits.
 */
async function multiply({ services }: Place, times: number): Promise<void> {
  const copies = sql`(with recursive n(k) as (select 1 union all select k + 1 from n where k < ${times - 1}) select k from n)`;
  const earlier = sql`'-' || (1100 + k % 700) || ' days'`;
  await services.db.write(async (tx) => {
    await sql`
      insert into participant
      select p.id || '-' || k, study_id, substr(code, 1, 4) || (100000 + k * 200 + cast(substr(code, 5) as integer)),
        site, status, version, date(screened_on, ${earlier}), screening, exclusion_reason, created_at, created_by
      from participant p cross join ${copies}`.execute(tx);
    await sql`
      insert into allocation
      select study_id, number + k * (select max(number) from allocation), participant_id || '-' || k, epoch, source,
        stratum, arm, entry, previous_hash, hash, study_version,
        strftime('%Y-%m-%dT%H:%M:%fZ', allocated_at, ${earlier}), allocated_by
      from allocation cross join ${copies}`.execute(tx);
    await sql`
      insert into form (id, participant_id, visit, instrument, status, version, assessed_on, late_reason, answers,
        reasons, saved_at, saved_by, study_version)
      select id || '-' || k, participant_id || '-' || k, visit, instrument, status, version, assessed_on, late_reason,
        answers, reasons, saved_at, saved_by, study_version
      from form cross join ${copies}`.execute(tx);
  });
}
