import { demonstration, type Place } from '../test/setup/demonstration.ts';
import type { Measured } from './benchmark.ts';
import { multiply } from './multiply.ts';

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
    await multiply(place, { to: Math.ceil(FORMS / few) });
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
