import { demonstration, type Place } from '../test/setup/demonstration.ts';
import { type Benchmark, median } from './benchmark.ts';
import { lanes, startClients } from './clients.ts';
import { commitsPerSecond } from './commits.ts';

const STUDY = 'ipt-depression';
const ALLOCATIONS = 240;
const CLIENTS = 32;
const ROUNDS = 3;

interface Running {
  place: Place;
  cookie: string;
  clients: Awaited<ReturnType<typeof startClients>>;
}

export default {
  name: 'allocate-http',
  what: `allocations through HTTP, ${CLIENTS} clients at once`,
  async run() {
    const place = await demonstration();
    const clients = await startClients();
    try {
      const trial = { place, clients, cookie: await place.signIn('coordinator') };
      await allocationsPerSecond(trial, 40);
      const values: number[] = [];
      const baselines: number[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        values.push(await allocationsPerSecond(trial, ALLOCATIONS));
        baselines.push(await commitsPerSecond(place.folder, ALLOCATIONS, await logEntry(place)));
      }
      const value = median(values);
      const baseline = median(baselines);
      return {
        value,
        unit: 'allocations/s',
        baseline,
        ratio: value / baseline,
        against: 'raw SQLite durable commits/s',
      };
    } finally {
      clients.stop();
      await place.close();
    }
  },
} satisfies Benchmark;

async function allocationsPerSecond(trial: Running, count: number): Promise<number> {
  const { place, cookie, clients } = trial;
  const posts = (await ready(place, count)).map((code) => ({
    method: 'POST' as const,
    url: `${place.server.url}/api/studies/${STUDY}/participants/${code}/allocation`,
    body: JSON.stringify({ key: crypto.randomUUID(), confirm: code }),
  }));
  return (1000 * count) / (await clients.send({ cookie, lanes: lanes(posts, CLIENTS) }));
}

/** Copies of a participant who is randomised, with the baseline, but without the allocation; gives their codes. */
async function ready({ services }: Place, count: number): Promise<string[]> {
  return services.db.write(async (tx) => {
    const original = await tx
      .selectFrom('participant')
      .innerJoin('allocation', 'allocation.participant_id', 'participant.id')
      .selectAll('participant')
      .orderBy('allocation.number')
      .limit(1)
      .executeTakeFirstOrThrow();
    const own = (table: 'eligibility' | 'consent') =>
      tx.selectFrom(table).selectAll().where('participant_id', '=', original.id).executeTakeFirstOrThrow();
    const eligibility = await own('eligibility');
    const consent = await own('consent');
    const forms = await tx
      .selectFrom('form')
      .selectAll()
      .where('participant_id', '=', original.id)
      .where('visit', '=', 'baseline')
      .execute();
    const { n } = await tx
      .selectFrom('participant')
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow();
    const people = Array.from({ length: count }, (_, index) => ({
      ...original,
      id: crypto.randomUUID(),
      code: `${original.code.slice(0, 4)}${10_000 + n + index}`,
      status: 'consented',
    }));
    for (const person of people) {
      const participant_id = person.id;
      await tx.insertInto('participant').values(person).execute();
      await tx
        .insertInto('eligibility')
        .values({ ...eligibility, participant_id } as typeof eligibility & never)
        .execute();
      await tx
        .insertInto('consent')
        .values({ ...consent, participant_id } as typeof consent & never)
        .execute();
      await tx
        .insertInto('form')
        .values(forms.map((form) => ({ ...form, id: crypto.randomUUID(), participant_id })))
        .execute();
    }
    return people.map(({ code }) => code);
  });
}

/** What one allocation adds to the log, so that the baseline writes as much. */
async function logEntry({ services }: Place): Promise<string> {
  const { entry } = await services.db.read
    .selectFrom('allocation')
    .select('entry')
    .limit(1)
    .executeTakeFirstOrThrow();
  return entry;
}
