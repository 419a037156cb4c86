import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'vite';
import type { Slip } from '../../../server/randomisation/contract.ts';
import type { Caller } from '../../../server/services.ts';
import type { Trial } from './trial.ts';

export interface Asked {
  code: string;
  key: string;
}
export type Told =
  | { kind: 'ready' }
  | ({ kind: 'slip'; slip: Slip } & Asked)
  | ({ kind: 'error'; message: string } & Asked);

/** The allocator as one file, built as the server is, so that processes start quickly. */
export interface Program {
  file: string;
  remove(): Promise<void>;
}

export async function buildAllocator(): Promise<Program> {
  // Where it finds the packages.
  const folder = join('node_modules', '.cache', `allocator-${randomBytes(6).toString('hex')}`);
  await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      ssr: true,
      outDir: folder,
      target: 'node20',
      minify: false,
      rollupOptions: {
        input: { allocator: 'test/integration/allocation/allocator.ts' },
        output: { entryFileNames: '[name].mjs' },
      },
    },
  });
  return {
    file: join(folder, 'allocator.mjs'),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** A server process that allocates. */
export class Allocator {
  readonly #process: ChildProcess;
  readonly #ready: Promise<unknown>;
  readonly #waiting = new Map<string, (told: Told) => void>();

  constructor(program: Program, trial: Trial, { user }: Caller) {
    const { config } = trial.services;
    this.#process = fork(program.file, {
      execArgv: [],
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        TMPDIR: process.env.TMPDIR,
        DATABASE_URL: config.databaseUrl,
        EQUIPOISE_KEY: config.key.toString('hex'),
        EQUIPOISE_TIME_ZONE: config.timeZone,
        LOG_LEVEL: 'silent',
        ALLOCATOR_USER: JSON.stringify(user),
        ALLOCATOR_STUDY: trial.id,
      },
    });
    this.#ready = new Promise((resolve, reject) => {
      this.#process.once('message', resolve);
      this.#process.once('exit', () => reject(new Error('The allocator ended before it began.')));
    });
    this.#ready.catch(() => undefined);
    this.#process.on('message', (told: Told) => {
      if (told.kind !== 'ready') this.#waiting.get(`${told.code} ${told.key}`)?.(told);
    });
  }

  async ready(): Promise<this> {
    await this.#ready;
    return this;
  }

  /** What the process says to a request; never, if it is killed first. */
  ask(asked: Asked): Promise<Told> {
    return new Promise((resolve) => {
      this.#waiting.set(`${asked.code} ${asked.key}`, resolve);
      this.#process.send(asked);
    });
  }

  /** `kill -9`; resolves once the process is gone. */
  async kill(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const gone = once(this.#process, 'exit');
    this.#process.kill('SIGKILL');
    await gone;
  }
}
