import { demonstration, type Place } from '../test/setup/demonstration.ts';
import { type Benchmark, median } from './benchmark.ts';
import { type Sent, startClients } from './clients.ts';
import { commitsPerSecond } from './commits.ts';

const STUDY = 'ipt-depression';
const CLIENTS = 32;
/** Saves of each client, all of its own participant's form. */
const SAVES = 40;
const ROUNDS = 3;
const answers = JSON.stringify(
  Object.fromEntries(Array.from({ length: 17 }, (_, item) => [item + 1, { value: 1 }])),
);

interface Running {
  place: Place;
  cookie: string;
  clients: Awaited<ReturnType<typeof startClients>>;
}

export default {
  name: 'save-http',
  what: `saves of a 17-item form through HTTP, ${CLIENTS} clients at once`,
  async run() {
    const place = await demonstration();
    const clients = await startClients();
    try {
      const trial = { place, clients, cookie: await place.signIn('assessor') };
      await savesPerSecond(trial, 5);
      const values: number[] = [];
      const baselines: number[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        values.push(await savesPerSecond(trial, SAVES));
        baselines.push(await commitsPerSecond(place.folder, SAVES * CLIENTS, answers));
      }
      const value = median(values);
      const baseline = median(baselines);
      return {
        value,
        unit: 'saves/s',
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

async function savesPerSecond({ place, cookie, clients }: Running, count: number): Promise<number> {
  const people = await place.services.db.read
    .selectFrom('participant')
    .select('code')
    .where('status', '=', 'randomised')
    .orderBy('code')
    .limit(CLIENTS)
    .execute();
  const lanes: Sent[][] = [];
  for (const { code } of people) {
    const url = `${place.server.url}/api/studies/${STUDY}/participants/${code}/visits/m12/forms/hamd17`;
    const form = (await (await fetch(url, { headers: { cookie } })).json()) as { version: number };
    lanes.push(
      Array.from({ length: count }, (_, index) => ({
        method: 'PUT',
        url,
        body: saveAfter(form.version + index),
      })),
    );
  }
  return (1000 * count * CLIENTS) / (await clients.send({ cookie, lanes }));
}

/** A save that changes answers of the version; none of them asks for a safety alert. */
function saveAfter(version: number): string {
  const values = Object.fromEntries(
    Array.from({ length: 17 }, (_, item) => [
      String(item + 1),
      { value: item === 2 ? 0 : (version + item) % 2 },
    ]),
  );
  return JSON.stringify({ version, values, assessedOn: null });
}
