import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Place } from '../test/setup/demonstration.ts';
import { median } from './benchmark.ts';
import { startCrowd } from './crowd.ts';

const READERS = 100;
const WRITERS = 20;
const SECONDS = 20;
const PAUSE_MS = 1000;

export interface Watched {
  /** 99th percentile of the readers' waits, in milliseconds. */
  p99: number;
  /** In words: how old the figures were, and what saving cost meanwhile. */
  beside: string;
}

export const CROWD = `p99 of ${READERS} readers, ${WRITERS} writers saving, each once a second`;

/** What readers of the dashboard wait while others save; results of the data as they are have been finished once before. */
export async function watchDashboard(place: Place): Promise<Watched> {
  const url = `${place.server.url}/api/studies/ipt-depression/results`;
  const cookie = await place.signIn('investigator');
  const anew = await settle(place, url, cookie);
  const crowd = await startCrowd();
  try {
    const write = { cookie: await place.signIn('assessor'), forms: await forms(place) };
    const seen = await crowd.send({
      seconds: SECONDS,
      pause: PAUSE_MS,
      read: { url, cookie, readers: READERS },
      write,
    });
    return {
      p99: percentile(seen.times),
      beside:
        `figures ${median(seen.ages).toFixed(1)} s old in the middle, ${Math.max(...seen.ages).toFixed(1)} s at most; ` +
        `a save ${median(seen.saves).toFixed(0)} ms; figures of everybody anew took ${anew.toFixed(1)} s`,
    };
  } finally {
    crowd.stop();
  }
}

/** Waits for figures of the data as they are now, all of them read anew. @returns seconds */
async function settle({ services }: Place, url: string, cookie: string): Promise<number> {
  const now = new Date().toISOString();
  await services.db.write((tx) => tx.updateTable('study').set({ changed_at: now }).execute());
  const begun = performance.now();
  for (;;) {
    const reply = await fetch(url, { headers: { cookie } });
    if (!reply.ok) throw new Error(`${reply.status} ${await reply.text()}`);
    const { asOf } = (await reply.json()) as { asOf: string };
    if (asOf >= now) return (performance.now() - begun) / 1000;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** The same readers on a bare Node server that holds the same bytes; nobody saves. */
export async function watchBare(place: Place): Promise<number> {
  const cookie = await place.signIn('investigator');
  const reply = await fetch(`${place.server.url}/api/studies/ipt-depression/results`, {
    headers: { cookie },
  });
  const { gzipSync } = await import('node:zlib');
  const bytes = gzipSync(Buffer.from(await reply.arrayBuffer()));
  const server = createServer((_, response) => {
    response.setHeader('Content-Encoding', 'gzip');
    response.end(bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const crowd = await startCrowd();
  try {
    const seen = await crowd.send({
      seconds: SECONDS / 2,
      pause: PAUSE_MS,
      read: { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, cookie, readers: READERS },
      write: { cookie, forms: [] },
    });
    return percentile(seen.times);
  } finally {
    crowd.stop();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

export async function countForms({ services }: Place): Promise<number> {
  const { n } = await services.db.read
    .selectFrom('form')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow();
  return Number(n);
}

/** One form for each writer, of those that nobody has completed. */
async function forms({ services, server }: Place) {
  const found = [];
  for (const visit of ['m12', 'm3', 'baseline']) {
    const rows = await services.db.read
      .selectFrom('participant')
      .leftJoin('form', (join) =>
        join
          .onRef('form.participant_id', '=', 'participant.id')
          .on('form.visit', '=', visit)
          .on('form.instrument', '=', 'hamd17'),
      )
      .select(['code', 'form.version'])
      .where('participant.status', '=', 'randomised')
      .where((eb) => eb.or([eb('form.id', 'is', null), eb('form.status', '!=', 'complete')]))
      .orderBy('code', 'desc')
      .limit(WRITERS)
      .execute();
    found.push(...rows.map((row) => ({ ...row, visit })));
  }
  if (found.length < WRITERS) throw new Error(`Only ${found.length} forms can be written.`);
  return found.slice(0, WRITERS).map(({ code, version, visit }) => ({
    url: `${server.url}/api/studies/ipt-depression/participants/${code}/visits/${visit}/forms/hamd17`,
    version: version ?? 0,
    items: 17,
  }));
}

function percentile(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.99) - 1]!;
}
