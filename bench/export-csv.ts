import { spawn } from 'node:child_process';
import { demonstration, type Place } from '../test/setup/demonstration.ts';
import { type Benchmark, median } from './benchmark.ts';
import { enlarge } from './enlarge.ts';

const PARTICIPANTS = 4_000;
const ROUNDS = 3;

/** The answers of every form, unpacked, as the shell can do it: the same rows without scores, labels and rules. */
const QUERY = `
  select p.code, p.site, f.visit, f.instrument, f.assessed_on, f.status, f.version, a.key,
         json_extract(a.value, '$.value'), json_extract(a.value, '$.missing')
  from form f join participant p on p.id = f.participant_id, json_each(f.answers) a
  order by p.code`;

export default {
  name: 'export-csv',
  what: `the tidy long export of ${PARTICIPANTS} participants through HTTP`,
  async run() {
    const place = await demonstration();
    try {
      await enlarge(place, PARTICIPANTS);
      const cookie = await place.signIn('statistician');
      const values: number[] = [];
      const baselines: number[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        values.push(await exported(place, cookie));
        baselines.push(await shell(place.file));
      }
      const value = median(values);
      const baseline = median(baselines);
      return {
        value,
        unit: 'rows/s',
        baseline,
        ratio: value / baseline,
        against: 'sqlite3 shell, -csv, answers unpacked',
      };
    } finally {
      await place.close();
    }
  },
} satisfies Benchmark;

async function exported(place: Place, cookie: string): Promise<number> {
  const begin = performance.now();
  const reply = await fetch(`${place.server.url}/api/studies/ipt-depression/exports/long.csv`, {
    headers: { cookie, 'Accept-Encoding': 'identity' },
  });
  if (!reply.ok || !reply.body) throw new Error(`${reply.status} ${await reply.text()}`);
  let rows = -1;
  for await (const chunk of reply.body) rows += lines(chunk);
  return (1000 * rows) / (performance.now() - begin);
}

async function shell(file: string): Promise<number> {
  const begin = performance.now();
  const child = spawn('sqlite3', ['-csv', '-readonly', file, QUERY], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve, reject) => {
    child.once('error', () => reject(new Error('This benchmark needs the sqlite3 shell (Debian: sqlite3).')));
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`sqlite3 ended with ${code}`))));
  });
  let rows = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    rows += lines(chunk);
  });
  await ended;
  return (1000 * rows) / (performance.now() - begin);
}

function lines(chunk: Uint8Array): number {
  let count = 0;
  for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) count += 1;
  return count;
}
