import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { fileURLToPath } from 'node:url';

export interface Posts {
  /** Requests at once. */
  clients: number;
  cookie: string;
  posts: { url: string; body: string }[];
}

/** Clients in a process of their own, so that what they cost is not taken for the server's. */
export async function startClients() {
  const child = fork(fileURLToPath(import.meta.url));
  await once(child, 'message');
  return {
    /** Sends every post, some at once. @returns milliseconds @throws Error when one is refused */
    async send(posts: Posts): Promise<number> {
      child.send(posts);
      const [told] = (await once(child, 'message')) as [number | string];
      if (typeof told === 'string') throw new Error(told);
      return told;
    },
    stop: () => child.kill(),
  };
}

if (process.send && process.argv[1] === fileURLToPath(import.meta.url)) {
  const tell = (told: number | string): void => void process.send!(told);
  process.on('message', ({ clients, cookie, posts }: Posts) => {
    const agent = new Agent({ keepAlive: true, maxSockets: clients });
    const left = [...posts];
    const begin = performance.now();
    const client = async (): Promise<void> => {
      for (let next = left.pop(); next; next = left.pop()) await post(next.url, next.body, cookie, agent);
    };
    Promise.all(Array.from({ length: clients }, client)).then(
      () => tell(performance.now() - begin),
      (error) => tell(String(error)),
    );
  });
  tell('ready');
}

function post(url: string, body: string, cookie: string, agent: Agent): Promise<void> {
  const headers = { cookie, 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', agent, headers }, (reply) => {
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
