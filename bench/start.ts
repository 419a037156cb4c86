import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../server/paths.ts';
import { type Benchmark, median } from './benchmark.ts';

const ROUNDS = 5;
const BARE =
  "require('node:http').createServer((q, r) => r.end('ok')).listen(Number(process.env.PORT), '127.0.0.1')";

export default {
  name: 'start',
  what: 'from starting the process to the first answer, on a database that exists',
  async run() {
    const home = await mkdtemp(join(tmpdir(), 'equipoise-bench-'));
    const equipoise = [join(packageRoot, 'bin/equipoise.mjs'), 'serve'];
    try {
      await firstAnswer(equipoise, home);
      const values: number[] = [];
      const baselines: number[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        values.push(await firstAnswer(equipoise, home));
        baselines.push(await firstAnswer(['-e', BARE], home));
      }
      const value = median(values);
      const baseline = median(baselines);
      return { value, unit: 'ms', baseline, ratio: value / baseline, against: 'a bare Node server' };
    } finally {
      await rm(home, { recursive: true, force: true });
    }
  },
} satisfies Benchmark;

async function firstAnswer(args: string[], home: string): Promise<number> {
  const port = await freePort();
  const begin = performance.now();
  const child = spawn(process.execPath, args, {
    env: { ...process.env, PORT: String(port), EQUIPOISE_HOME: home, LOG_LEVEL: 'error' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  try {
    for (;;) {
      const answered = await fetch(`http://127.0.0.1:${port}/healthz`).then(
        (reply) => reply.ok,
        () => false,
      );
      if (answered) return performance.now() - begin;
      if (child.exitCode !== null) throw new Error('The server ended before it answered.');
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  } finally {
    child.kill();
    await ended;
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
