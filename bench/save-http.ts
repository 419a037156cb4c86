import { demonstration, type Place } from '../test/setup/demonstration.ts';
import { type Benchmark, median } from './benchmark.ts';
import { commitsPerSecond } from './commits.ts';

const SAVES = 150;
const ROUNDS = 3;
const answers = JSON.stringify(
  Object.fromEntries(Array.from({ length: 17 }, (_, item) => [item + 1, { value: 1 }])),
);

export default {
  name: 'save-http',
  what: 'saves of a 17-item form through HTTP, one after the other',
  async run() {
    const place = await demonstration();
    try {
      const values: number[] = [];
      const baselines: number[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        values.push(await savesPerSecond(place));
        baselines.push(await commitsPerSecond(place.folder, SAVES, answers));
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
      await place.close();
    }
  },
} satisfies Benchmark;

async function savesPerSecond({ services, server, signIn }: Place): Promise<number> {
  const cookie = await signIn('assessor');
  const { code } = await services.db.read
    .selectFrom('participant')
    .select('code')
    .where('status', '=', 'randomised')
    .orderBy('code')
    .limit(1)
    .executeTakeFirstOrThrow();
  const url = `${server.url}/api/studies/ipt-depression/participants/${code}/visits/m12/forms/hamd17`;
  const form = (await (await fetch(url, { headers: { cookie } })).json()) as { version: number };
  let version = form.version;
  const save = async (count: number): Promise<void> => {
    for (let index = 0; index < count; index += 1) {
      const values = Object.fromEntries(
        Array.from({ length: 17 }, (_, item) => [
          String(item + 1),
          { value: item === 2 ? 0 : (version + item) % 2 },
        ]),
      );
      const reply = await fetch(url, {
        method: 'PUT',
        headers: { cookie, 'Content-Type': 'application/json' },
        body: JSON.stringify({ version, values, assessedOn: null }),
      });
      if (!reply.ok) throw new Error(`${reply.status} ${await reply.text()}`);
      version += 1;
    }
  };
  await save(10);
  const begin = performance.now();
  await save(SAVES);
  return (1000 * SAVES) / (performance.now() - begin);
}
