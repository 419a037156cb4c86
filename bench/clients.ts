import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { fileURLToPath } from 'node:url';

export interface Sent {
  method: 'POST' | 'PUT';
  url: string;
  body: string;
}

export interface Load {
  cookie: string;
  /** What each client sends, one after the other; the clients work at the same time. */
  lanes: Sent[][];
}

/** Deals what has no order out to so many clients. */
export function lanes(sent: readonly Sent[], clients: number): Sent[][] {
  return Array.from({ length: clients }, (_, client) =>
    sent.filter((_, index) => index % clients === client),
  );
}

/** Clients in a process of their own, so that what they cost is not taken for the server's. */
export async function startClients() {
  const child = fork(fileURLToPath(import.meta.url));
  await once(child, 'message');
  return {
    /** Sends everything. @returns milliseconds @throws Error when something is refused */
    async send(load: Load): Promise<number> {
      child.send(load);
      const [told] = (await once(child, 'message')) as [number | string];
      if (typeof told === 'string') throw new Error(told);
      return told;
    },
    stop: () => child.kill(),
  };
}

if (process.send && process.argv[1] === fileURLToPath(import.meta.url)) {
  const tell = (told: number | string): void => void process.send!(told);
  process.on('message', ({ cookie, lanes }: Load) => {
    const agent = new Agent({ keepAlive: true, maxSockets: lanes.length });
    const begin = performance.now();
    const client = async (lane: Sent[]): Promise<void> => {
      for (const one of lane) await send(one, cookie, agent);
    };
    Promise.all(lanes.map(client)).then(
      () => tell(performance.now() - begin),
      (error) => tell(String(error)),
    );
  });
  tell('ready');
}

function send({ method, url, body }: Sent, cookie: string, agent: Agent): Promise<void> {
  const headers = { cookie, 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, agent, headers }, (reply) => {
      reply.resume();
      reply.once('error', reject);
      reply.once('end', () =>
        reply.statusCode === 200 ? resolve() : reject(new Error(`${url}: ${reply.statusCode}`)),
      );
    });
    sent.once('error', reject);
    sent.end(body);
  });
}
