import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

/** Readers who each ask for one page again and again, and writers who each save one form, with a pause after each. */
export interface Crowd {
  seconds: number;
  /** Between an answer and the next request, in milliseconds. */
  pause: number;
  read: { url: string; cookie: string; readers: number };
  write: { cookie: string; forms: { url: string; version: number; items: number }[] };
}

export interface Seen {
  /** Milliseconds from each request of a reader to the end of its answer. */
  times: number[];
  /** Seconds that the figures of one reader were old, at each of its requests. */
  ages: number[];
  /** Milliseconds that each save took. */
  saves: number[];
}

/** A crowd in a process of its own, so that what it costs is not taken for the server's. */
export async function startCrowd() {
  const child = fork(fileURLToPath(import.meta.url));
  await once(child, 'message');
  return {
    /** @throws Error when an answer isn't 200 */
    async send(crowd: Crowd): Promise<Seen> {
      child.send(crowd);
      const [told] = (await once(child, 'message')) as [Seen | string];
      if (typeof told === 'string') throw new Error(told);
      return told;
    },
    stop: () => child.kill(),
  };
}

if (process.send && process.argv[1] === fileURLToPath(import.meta.url)) {
  const tell = (told: Seen | string): void => void process.send!(told);
  process.on('message', (crowd: Crowd) => {
    watch(crowd).then(tell, (error) => tell(String(error)));
  });
  tell('ready');
}

async function watch({ seconds, pause, read, write }: Crowd): Promise<Seen> {
  const agent = new Agent({ keepAlive: true });
  const end = performance.now() + 1000 * seconds;
  const seen: Seen = { times: [], ages: [], saves: [] };
  const reader = async (_: unknown, index: number): Promise<void> => {
    await rest((index / read.readers) * pause);
    while (performance.now() < end) {
      const begin = performance.now();
      const body = await ask(agent, 'GET', read.url, read.cookie);
      seen.times.push(performance.now() - begin);
      if (index === 0) {
        const { asOf } = JSON.parse(gunzipSync(body).toString()) as { asOf: string };
        seen.ages.push(Math.max(0, Date.now() - Date.parse(asOf)) / 1000);
      }
      await rest(pause);
    }
  };
  const writer = async (form: Crowd['write']['forms'][number], index: number): Promise<void> => {
    await rest((index / write.forms.length) * pause);
    for (let version = form.version; performance.now() < end; version += 1) {
      const values = Object.fromEntries(
        Array.from({ length: form.items }, (_, item) => [
          String(item + 1),
          { value: item === 2 ? 0 : (version + item) % 2 },
        ]),
      );
      const begin = performance.now();
      await ask(agent, 'PUT', form.url, write.cookie, JSON.stringify({ version, values, assessedOn: null }));
      seen.saves.push(performance.now() - begin);
      await rest(pause);
    }
  };
  await Promise.all([...Array.from({ length: read.readers }, reader), ...write.forms.map(writer)]);
  agent.destroy();
  return seen;
}

const rest = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

function ask(agent: Agent, method: string, url: string, cookie: string, body = ''): Promise<Buffer> {
  const headers = {
    cookie,
    'Accept-Encoding': 'gzip',
    ...(body && { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) }),
  };
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, agent, headers }, (reply) => {
      const parts: Buffer[] = [];
      reply.on('data', (part: Buffer) => parts.push(part));
      reply.once('error', reject);
      reply.once('end', () =>
        reply.statusCode === 200
          ? resolve(Buffer.concat(parts))
          : reject(new Error(`${url}: ${reply.statusCode} ${Buffer.concat(parts).toString().slice(0, 200)}`)),
      );
    });
    sent.once('error', (error: NodeJS.ErrnoException) => {
      // The server closed a connection that had been idle, as this request set out on it.
      if (sent.reusedSocket && error.code === 'ECONNRESET')
        ask(agent, method, url, cookie, body).then(resolve, reject);
      else reject(error);
    });
    sent.end(body);
  });
}
